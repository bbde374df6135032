// https://js.langchain.com/docs/concepts/runnables, https://langchain-ai.github.io/langgraphjs/, https://openai.github.io/openai-agents-js/,
// https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling
import type { BoundaryInput } from '../schema.ts';

/** Tools and steps that an agent framework calls in this process: awaited all the way, in the context of whoever runs the agent. */
const step = {
  family: 'agent', role: 'callback', coupling: 'awaited', rule: 'no-unbound-callback',
  runtimes: { node: 'kept', browser: 'kept', 'browser-zone': 'kept' },
  repair: { refused: 'no-repair', detail: 'nothing is lost here' },
  farSide: 'it runs in the context of whoever runs the agent', advice: 'Nothing is to be done.',
  evidence: 'proved', proof: 'fixtures/proofs/agents-in-process',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...step, id: 'langchain/runnable-lambda', library: 'LangChain', package: '@langchain/core', versions: '>=1.4 <2', args: { callback: 0 },
    match: { modules: ['@langchain/core/runnables'], near: ['RunnableLambda.from'], exports: ['RunnableLambda'], use: 'method', members: ['from'] },
    upstream: 'https://js.langchain.com/docs/concepts/runnables',
  },
  {
    ...step, id: 'langchain/tool-call', library: 'LangChain', package: '@langchain/core', versions: '>=1.4 <2', args: { callback: 0 },
    match: { modules: ['@langchain/core/tools', 'langchain'], exports: ['tool'], use: 'call' },
    upstream: 'https://js.langchain.com/docs/concepts/tools',
  },
  {
    ...step, id: 'langgraph/add-node', library: 'LangGraph', package: '@langchain/langgraph', versions: '>=1.7 <2', args: { callback: 1 },
    match: { modules: ['@langchain/langgraph'], exports: ['StateGraph'], use: 'instance', members: ['addNode'] },
    upstream: 'https://langchain-ai.github.io/langgraphjs/',
  },
  {
    ...step, id: 'openai-agents/tool-call', library: 'OpenAI Agents', package: '@openai/agents', versions: '0.20', args: { callback: 0, handlers: ['execute'] },
    match: { modules: ['@openai/agents', '@openai/agents-core'], exports: ['tool'], use: 'call' },
    upstream: 'https://openai.github.io/openai-agents-js/guides/tools/',
  },
  {
    ...step, id: 'ai/tool-call', library: 'AI SDK', package: 'ai', versions: '>=6 <7', args: { callback: 0, handlers: ['execute'] },
    match: { modules: ['ai'], exports: ['tool', 'dynamicTool'], use: 'call' },
    upstream: 'https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling',
  },
] satisfies BoundaryInput[];
