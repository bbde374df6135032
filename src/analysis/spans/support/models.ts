/** Calls of a model, told by the library or by what they are written like. */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import type { Origins } from '../../origins.ts';
import { declarationOf } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { memberName, unwrap } from '../../syntax.ts';

/** https://platform.openai.com/docs, https://docs.anthropic.com, https://ai.google.dev, https://ai-sdk.dev, https://js.langchain.com and their like. */
const libraries = /^(openai|ai|@anthropic-ai\/(sdk|bedrock-sdk|vertex-sdk)|@google\/(genai|generative-ai)|@google-cloud\/vertexai|@langchain\/(openai|anthropic|google-\w+|aws|ollama|groq|mistralai|community.*)|groq-sdk|ollama|cohere-ai|@mistralai\/mistralai|@aws-sdk\/client-bedrock-runtime|together-ai|replicate|@huggingface\/inference|@azure\/openai|@cerebras\/cerebras_cloud_sdk|llamaindex)$/;
const does = /^(create|stream|parse|generate\w*|streamText|streamObject|invoke|chat|complete|completions?|run|send|sendMessage\w*|converse\w*|messages|call)$/;
/** The SDKs' own paths, on a client that came from nobody knows where. */
const path = /(^|\.)((chat\.)?completions|responses|messages)\.(create|stream|parse)$|\.(generateContent|generateContentStream)$|^(generateText|generateObject|streamText|streamObject)$/;
/** `this.llm.invoke(…)`: by the receiver's name. */
const named = /(^|\.#?|_)(llm|model|chatModel|languageModel|openai|anthropic|gemini|ollama|groq|bedrock)(Client|Service|Provider|Gateway)?\.(create|stream|parse|generate\w*|invoke|chat|complete|completions?|ask|prompt|call|respond)$/i;

export function callsModel(ts: Ts, origins: Origins, call: ts.CallExpression, source: SourceText): boolean {
  const callee = unwrap(ts, call.expression);
  const text = callee.getText(source.ast).replace(/\?\./g, '.').replace(/\s+/g, '');
  if (path.test(text) || named.test(text)) return true;
  const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee);
  if (name === undefined || !does.test(name)) return false;
  const origin = origins.of(ts.isIdentifier(callee) ? callee : (callee as ts.PropertyAccessExpression).expression, source);
  return origin?.kind === 'library' && libraries.test(origin.module);
}

/** `this.tools[name].execute(args)`, `tool.invoke(…)`, `client.callTool(…)`, and `run(args)` of `const run = this.tools.get(name)`. */
export function callsTool(ts: Ts, call: ts.CallExpression, source: SourceText): boolean {
  const callee = unwrap(ts, call.expression);
  const text = callee.getText(source.ast).replace(/\s+/g, '');
  if (/(^|\.)(callTool|executeTool|runTool|invokeTool|execute_tool)$/.test(text) || /tools?(\[[^\]]*\]|\.get\([^)]*\))?[!?]*\.?\.(execute|invoke|call|run|handler)$/i.test(text)) return true;
  const declaration = ts.isIdentifier(callee) ? declarationOf(ts, callee) : undefined;
  const looked = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer?.getText(source.ast) : text;
  return looked !== undefined && /(^|\.|_)#?\w*tools?(Registry|Map|Handlers|Functions|Impls?)?(\.get\([^)]*\)|\[[^\]]*\])[!?]*$/i.test(looked.replace(/\s+/g, ''));
}
