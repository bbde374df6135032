/** Agents, tools and workflows: flagged where they have no span of their own, silent where they have one or nobody can tell. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/run/check.ts';
import { tree } from '../../project/tree.ts';
import { cases, nodePackage, type Setting } from '../harness.ts';

const work = 'async function work(q: unknown) { return (await fetch(\'https://db.example.com/\' + String(q))).json(); }\n';
const using = (...libraries: string[]): Setting => ({ files: { 'package.json': { ...nodePackage, dependencies: { ...nodePackage.dependencies, ...Object.fromEntries(libraries.map((name) => [name, '*'])) } } } });
const openai = "import { Agent, run, Runner, tool } from '@openai/agents';\nconst planner = new Agent({ name: 'planner', instructions: 'plan' });\n";

cases('agents: OpenAI Agents', using('@openai/agents'), {
  'run': `${openai}export async function handle(q: string) {\n  return await run(planner, q); // ! openai-agents/run untraced\n}`,
  'run of another file\'s agent': { 'src/planner.ts': "import { Agent } from '@openai/agents';\nexport const planner = new Agent({ name: 'planner' });", 'src/a.ts': "import { run } from '@openai/agents';\nimport { planner } from './planner.js';\nexport const handle = (q: string) => run(planner, q); // ! openai-agents/run untraced" },
  'a runner': `${openai}const runner = new Runner();\nexport const handle = (q: string) => runner.run(planner, q); // ! openai-agents/runner-run untraced`,
  'a stream': `${openai}export const handle = (q: string) => run(planner, q, { stream: true }); // ! openai-agents/run untraced streaming`,
  'a tool that works': `${openai}${work}export const search = tool({ name: 'search', execute: async ({ q }) => work(q) }); // ! openai-agents/tool untraced`,
  'a tool as a method': `${openai}${work}export const search = tool({\n  name: 'search',\n  async execute({ q }) { return work(q); }, // ! openai-agents/tool untraced\n});`,
  'in an HTTP handler: its span is no agent\'s': `${openai}import express from 'express';\nconst app = express();\napp.post('/x', async (req, res) => {\n  res.json(await run(planner, req.body.q)); // ! openai-agents/run untraced\n});`,
  'around a model call\'s span': `${openai}import { trace } from '@opentelemetry/api';\nconst tracer = trace.getTracer('x');\nexport async function handle(q: string) {\n  await tracer.startActiveSpan('chat small-1', async (span) => { await fetch('https://llm.example.com'); span.end(); });\n  return run(planner, q); // ! openai-agents/run untraced\n}`,
  'in a tool\'s span': `${openai}import { trace } from '@opentelemetry/api';\nconst tracer = trace.getTracer('x');\nexport const ask = (q: string) => tracer.startActiveSpan('execute_tool ask', async (span) => {\n  const answer = await run(planner, q); // ! openai-agents/run untraced\n  span.end();\n  return answer;\n});`,
});

cases('agents: OpenAI Agents, silent', using('@openai/agents'), {
  'in a span': `${openai}import { trace } from '@opentelemetry/api';\nexport const handle = (q: string) => trace.getTracer('x').startActiveSpan('invoke_agent planner', async (span) => { const a = await run(planner, q); span.end(); return a; });`,
  'under a span made beside it': `${openai}import { context, trace } from '@opentelemetry/api';\nexport async function handle(q: string) { const span = trace.getTracer('x').startSpan('plan'); try { return await context.with(trace.setSpan(context.active(), span), () => run(planner, q)); } finally { span.end(); } }`,
  'through a helper of the project': { 'src/tracing.ts': "import { trace } from '@opentelemetry/api';\nexport function within<T>(name: string, fn: () => Promise<T>) { return trace.getTracer('x').startActiveSpan(name, async (span) => { try { return await fn(); } finally { span.end(); } }); }", 'src/a.ts': `${openai}import { within } from './tracing.js';\nexport const handle = (q: string) => within('plan', () => run(planner, q));` },
  'its callers have one': `${openai}import { trace } from '@opentelemetry/api';\nasync function plan(q: string) { return run(planner, q); }\nexport const handle = (q: string) => trace.getTracer('x').startActiveSpan('request', async (span) => { const a = await plan(q); span.end(); return a; });`,
  'a caller in another file has one': { 'src/a.ts': `${openai}export async function planAll(q: string) { return run(planner, q); }`, 'src/b.ts': "import { trace } from '@opentelemetry/api';\nimport { planAll } from './a.js';\nexport const handle = (q: string) => trace.getTracer('x').startActiveSpan('request', async (span) => { const a = await planAll(q); span.end(); return a; });" },
  'after the repair': `${openai}import { traceAgent } from './otel-handoff.js';\nexport const handle = (q: string) => traceAgent({ name: 'planner' }, () => run(planner, q));`,
  'traceable': `${openai}import { traceable } from 'langsmith/traceable';\nexport const handle = traceable(async (q: string) => run(planner, q));`,
  'a decorated method': `${openai}import { Span } from 'nestjs-otel';\nexport class Plans { @Span('plan') async handle(q: string) { return run(planner, q); } }`,
  'a tool with a span in it': `${openai}import { trace } from '@opentelemetry/api';\n${work}export const search = tool({ name: 'search', execute: ({ q }) => trace.getTracer('x').startActiveSpan('execute_tool search', async (span) => { const r = await work(q); span.end(); return r; }) });`,
  'a tool that only computes': `${openai}export const add = tool({ name: 'add', execute: async ({ a, b }) => a + b });`,
  'a tool that only keeps something': `${openai}const all: string[] = [];\nexport const note = tool({ name: 'note', execute: async ({ text }) => { all.push(text); return 'ok'; } });`,
  'a processor of its traces': { 'src/tracing.ts': "import { addTraceProcessor } from '@openai/agents';\nimport { processor } from './otel-processor.js';\naddTraceProcessor(processor);", 'src/a.ts': `${openai}export const handle = (q: string) => run(planner, q);` },
  'another run': `import { run } from './scripts.js';\nexport const handle = (q: string) => run(q, q);`,
  'a local run': 'async function run(a: string, b: string) { return a + b; }\nexport const handle = (q: string) => run(q, q);',
  'a test': { 'src/a.test.ts': `${openai}it('plans', async () => { await run(planner, 'x'); });` },
  'a test\'s function': `${openai}describe('planner', () => { it('plans', async () => { await run(planner, 'x'); }); });`,
});

const graph = "import { StateGraph, START, END } from '@langchain/langgraph';\n";
cases('agents: LangGraph and LangChain', using('@langchain/langgraph', 'langchain', '@langchain/core'), {
  'a compiled graph': `${graph}const app = new StateGraph(State).addNode('a', a).addEdge(START, 'a').addEdge('a', END).compile();\nexport const handle = (q: string) => app.invoke({ q }); // ! langgraph/graph untraced`,
  'a graph of many nodes': `${graph}const builder = new StateGraph(State)${Array.from({ length: 14 }, (_, i) => `.addNode('n${i}', a)`).join('')};\nconst app = builder.compile();\nexport const handle = (q: string) => app.invoke({ q }); // ! langgraph/graph untraced`,
  'a graph as a field': `${graph}export class Flow {\n  private app = new StateGraph(State).addNode('a', a).compile();\n  handle(q: string) { return this.app.invoke({ q }); } // ! langgraph/graph untraced\n}`,
  'a graph as a stream': `${graph}const app = new StateGraph(State).addNode('a', a).compile();\nexport const handle = (q: string) => app.stream({ q }); // ! langgraph/graph untraced streaming`,
  'a react agent': "import { createReactAgent } from '@langchain/langgraph/prebuilt';\nconst agent = createReactAgent({ llm, tools: [], name: 'researcher' });\nexport const handle = (q: string) => agent.invoke({ messages: [q] }); // ! langgraph/react-agent untraced",
  'createAgent': "import { createAgent } from 'langchain';\nconst agent = createAgent({ model: 'x', tools: [] });\nexport const handle = (q: string) => agent.invoke({ messages: [q] }); // ! langchain/agent untraced",
  'an executor': "import { AgentExecutor } from 'langchain/agents';\nconst executor = new AgentExecutor({ agent, tools });\nexport const handle = (q: string) => executor.invoke({ input: q }); // ! langchain/agent untraced",
  'a tool': `import { tool } from '@langchain/core/tools';\n${work}export const search = tool(async ({ q }) => work(q), { name: 'search' }); // ! langchain/tool untraced`,
  'a dynamic tool': `import { DynamicStructuredTool } from '@langchain/core/tools';\n${work}export const search = new DynamicStructuredTool({ name: 'search', func: async ({ q }) => work(q) }); // ! langchain/dynamic-tool untraced`,
  'a class of tool': `import { StructuredTool } from '@langchain/core/tools';\n${work}export class Search extends StructuredTool {\n  name = 'search';\n  async _call({ q }: { q: string }) { return work(q); } // ! langchain/tool-class untraced\n}`,
});
cases('agents: LangGraph and LangChain, silent', using('@langchain/langgraph', 'langchain', '@langchain/core', '@langchain/openai'), {
  'a model': "import { ChatOpenAI } from '@langchain/openai';\nconst model = new ChatOpenAI();\nexport const handle = (q: string) => model.invoke(q);",
  'a graph that is not compiled': `${graph}const builder = new StateGraph(State);\nexport const handle = () => builder.stream;`,
  'a graph of one\'s own': "import { StateGraph } from './graph.js';\nconst app = new StateGraph().compile();\nexport const handle = (q: string) => app.invoke({ q });",
  'LangSmith sends spans': { '.env': 'LANGSMITH_OTEL_ENABLED=true\n', 'src/a.ts': "import { createAgent } from 'langchain';\nconst agent = createAgent({ model: 'x', tools: [] });\nexport const handle = (q: string) => agent.invoke({ messages: [q] });" },
});
for (const tracer of ['@traceloop/node-server-sdk', '@arizeai/openinference-instrumentation-langchain', '@langfuse/otel', '@opentelemetry/instrumentation-langchain', 'dd-trace']) {
  cases(`agents: ${tracer} is a dependency`, using('@langchain/langgraph', 'langchain', tracer), {
    'silent': "import { createAgent } from 'langchain';\nconst agent = createAgent({ model: 'x', tools: [] });\nexport const handle = (q: string) => agent.invoke({ messages: [q] });",
  });
}

const ai = "import { generateText, streamText, tool, ToolLoopAgent } from 'ai';\nimport { search } from './tools.js';\n";
cases('agents: the AI SDK', using('ai'), {
  'with tools': `${ai}export const handle = (q: string) => generateText({ model, prompt: q, tools: { search } }); // ! ai/generate-text untraced`,
  'a stream with tools': `${ai}export const handle = (q: string) => streamText({ model, prompt: q, tools: { search } }); // ! ai/generate-text untraced streaming`,
  'telemetry that is off': `${ai}export const handle = (q: string) => generateText({ model, prompt: q, tools: { search }, experimental_telemetry: { isEnabled: false } }); // ! ai/generate-text untraced`,
  'an agent': `${ai}const agent = new ToolLoopAgent({ id: 'support', model, tools: { search } });\nexport const handle = (q: string) => agent.generate({ prompt: q }); // ! ai/agent untraced`,
  'a tool': `${ai}${work}export const tools = { lookUp: tool({ execute: async ({ q }) => work(q) }) }; // ! ai/tool untraced`,
});
cases('agents: the AI SDK, silent', using('ai'), {
  'without tools it is a model call': `${ai}export const handle = (q: string) => generateText({ model, prompt: q });`,
  'no tools in it': `${ai}export const handle = (q: string) => generateText({ model, prompt: q, tools: {} });`,
  'its own telemetry': `${ai}export const handle = (q: string) => generateText({ model, prompt: q, tools: { search }, experimental_telemetry: { isEnabled: true } });`,
  'its own telemetry, told elsewhere': `${ai}import { telemetry } from './telemetry.js';\nexport const handle = (q: string) => generateText({ model, prompt: q, tools: { search }, experimental_telemetry: telemetry });`,
  'options from elsewhere': `${ai}export const handle = (options: any) => generateText(options);`,
  'options that are spread in': `${ai}export const handle = (q: string, options: any) => generateText({ ...options, prompt: q, tools: { search } });`,
  'an agent\'s own telemetry': `${ai}const agent = new ToolLoopAgent({ id: 'support', model, tools: { search }, experimental_telemetry: { isEnabled: true } });\nexport const handle = (q: string) => agent.generate({ prompt: q });`,
  'a tool where telemetry is on': `${ai}${work}export const tools = { lookUp: tool({ execute: async ({ q }) => work(q) }) };\nexport const handle = (q: string) => generateText({ model, prompt: q, tools, experimental_telemetry: { isEnabled: true } });`,
  'another generateText': "import { generateText } from './model.js';\nexport const handle = (q: string) => generateText({ prompt: q, tools: { q } });",
});

const mastra = "import { Agent } from '@mastra/core/agent';\nconst agent = new Agent({ name: 'weather', model });\n";
cases('agents: Mastra, VoltAgent, AgentKit, LlamaIndex, ADK', using('@mastra/core', '@inngest/agent-kit', 'llamaindex'), {
  'Mastra': `${mastra}export const handle = (q: string) => agent.generate(q); // ! mastra/agent untraced`,
  'Mastra by name': { 'src/mastra.ts': "import { Mastra } from '@mastra/core';\nexport const mastra = new Mastra({ agents: {} });", 'src/a.ts': "import { mastra } from './mastra.js';\nexport const handle = (q: string) => mastra.getAgent('weather').generate(q); // ! mastra/agent untraced" },
  'a workflow of Mastra': "import { createWorkflow } from '@mastra/core/workflows';\nconst flow = createWorkflow({ id: 'w' }).then(a).then(b).commit();\nexport async function handle(q: string) {\n  const run = await flow.createRunAsync();\n  return run.start({ inputData: { q } }); // ! mastra/workflow untraced\n}",
  'a tool of Mastra': `import { createTool } from '@mastra/core/tools';\n${work}export const search = createTool({ id: 'search', execute: async ({ context }) => work(context) }); // ! mastra/tool untraced`,
  'AgentKit': "import { createAgent } from '@inngest/agent-kit';\nconst agent = createAgent({ name: 'writer', system: 'x' });\nexport const handle = (q: string) => agent.run(q); // ! agent-kit/agent-run untraced",
  'a network': "import { createNetwork } from '@inngest/agent-kit';\nconst network = createNetwork({ name: 'team', agents: [] });\nexport const handle = (q: string) => network.run(q); // ! agent-kit/network-run untraced",
  'a tool of AgentKit': `import { createTool } from '@inngest/agent-kit';\n${work}export const search = createTool({ name: 'search', handler: async ({ q }) => work(q) }); // ! agent-kit/tool untraced`,
  'LlamaIndex': "import { agent } from 'llamaindex';\nconst writer = agent({ name: 'writer', tools: [] });\nexport const handle = (q: string) => writer.run(q); // ! llamaindex/agent untraced",
});
cases('agents: frameworks with their own spans', using('@mastra/core', '@google/adk', '@voltagent/core'), {
  'Mastra with telemetry': { 'src/mastra.ts': "import { Mastra } from '@mastra/core';\nexport const mastra = new Mastra({ agents: {}, telemetry: { enabled: true } });", 'src/a.ts': `${mastra}export const handle = (q: string) => agent.generate(q);` },
  'ADK': "import { InMemoryRunner } from '@google/adk';\nconst runner = new InMemoryRunner({ agent, appName: 'x' });\nexport const handle = (m: unknown) => runner.runAsync(m);",
  'VoltAgent': "import { Agent } from '@voltagent/core';\nconst agent = new Agent({ name: 'x' });\nexport const handle = (q: string) => agent.generateText(q);",
});
cases('agents: VoltAgent before 1.0', { files: { 'package.json': { ...nodePackage, dependencies: { ...nodePackage.dependencies, '@voltagent/core': '^0.1.40' } } } }, {
  'an agent': "import { Agent } from '@voltagent/core';\nconst agent = new Agent({ name: 'x' });\nexport const handle = (q: string) => agent.generateText(q); // ! voltagent/agent untraced",
});

const client = "import OpenAI from 'openai';\nconst openai = new OpenAI();\n";
cases('agents: of one\'s own', using('openai', '@anthropic-ai/sdk'), {
  'a class': `${client}export class PlannerAgent {\n  async run(q: string) { // ! own/agent-class untraced\n    return openai.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: q }] });\n  }\n}`,
  'a class whose method calls another': `${client}export class PlannerAgent {\n  async execute(q: string) { return this.#ask(q); } // ! own/agent-class untraced\n  async #ask(q: string) { return openai.responses.create({ model: 'm', input: q }); }\n}`,
  'a class with an injected model': "export class ResearchAgent {\n  constructor(private readonly llm: { invoke(q: string): Promise<string> }) {}\n  async invoke(q: string) { return this.llm.invoke(q); } // ! own/agent-class untraced\n}",
  'a class that calls tools': "export class ToolAgent {\n  constructor(private readonly mcp: any) {}\n  async run(q: string) { return this.mcp.callTool({ name: 'x', arguments: { q } }); } // ! own/agent-class untraced\n}",
  'a class whose methods are one agent': `${client}export class PlannerAgent {\n  async run(q: string) { return this.execute(q); } // ! own/agent-class untraced\n  async execute(q: string) { return openai.responses.create({ model: 'm', input: q }); }\n}`,
  'a class with two ways in': `${client}export class PlannerAgent {\n  async run(q: string) { return openai.responses.create({ model: 'm', input: q }); } // ! own/agent-class untraced\n  async execute(q: string) { return openai.responses.create({ model: 'n', input: q }); } // ! own/agent-class untraced\n}`,
  'a class that looks its tools up': "export class Worker {}\nexport class Agent {\n  toolRegistry = new Map<string, (input: string) => Promise<string>>();\n  async run(name: string, input: string) { // ! own/agent-class untraced\n    const tool = this.toolRegistry.get(name)!;\n    return tool(input);\n  }\n}",
  'a generator': `${client}export class PlannerAgent {\n  async *run(q: string) { yield await openai.responses.create({ model: 'm', input: q }); } // ! own/agent-class untraced streaming\n}`,
  'a subclass of one\'s own base': `${client}abstract class Base {}\nexport class PlannerAgent extends Base {\n  async run(q: string) { return openai.responses.create({ model: 'm', input: q }); } // ! own/agent-class untraced\n}`,
  'a loop': `${client}export async function solve(q: string) { // ! own/agent-loop untraced\n  const messages: any[] = [q];\n  for (;;) {\n    const answer = await openai.chat.completions.create({ model: 'm', messages, tools: [] });\n    const { tool_calls } = answer.choices[0]!.message;\n    if (!tool_calls) return answer;\n    for (const call of tool_calls) messages.push(await fetch('https://t.example.com/' + call.id));\n  }\n}`,
  'a loop with Anthropic': "import Anthropic from '@anthropic-ai/sdk';\nconst client = new Anthropic();\nconst solve = async (q: string) => { // ! own/agent-loop untraced\n  let answer: any;\n  do { answer = await client.messages.create({ model: 'm', messages: [q] }); } while (answer.stop_reason === 'tool_use' && answer.content.some((c: any) => c.type === 'tool_use'));\n  return answer;\n};\nexport default solve;",
});
cases('agents: of one\'s own, silent', using('openai', 'undici'), {
  'a class with a span': `${client}import { trace } from '@opentelemetry/api';\nexport class PlannerAgent { run(q: string) { return trace.getTracer('x').startActiveSpan('invoke_agent planner', async (span) => { const a = await openai.responses.create({ model: 'm', input: q }); span.end(); return a; }); } }`,
  'a decorated class': `${client}import { Traceable } from 'nestjs-otel';\n@Traceable()\nexport class PlannerAgent { async run(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`,
  'a span where it is called': { 'src/agent.ts': `${client}export class PlannerAgent { async run(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`, 'src/a.ts': "import { trace } from '@opentelemetry/api';\nimport { PlannerAgent } from './agent.js';\nconst agent = new PlannerAgent();\nexport const handle = (q: string) => trace.getTracer('x').startActiveSpan('invoke_agent planner', async (span) => { const a = await agent.run(q); span.end(); return a; });" },
  'a class whose spans are objects of their own': { 'src/agent-span.ts': "import { trace } from '@opentelemetry/api';\nexport class AgentSpan { #span = trace.getTracer('x').startSpan('invoke_agent'); end() { this.#span.end(); } }", 'src/session.ts': `${client}import { AgentSpan } from './agent-span.js';\nexport class Session { async ask(q: string) { const span = new AgentSpan(); try { return await openai.responses.create({ model: 'm', input: q }); } finally { span.end(); } } }`, 'src/a.ts': "import { Session } from './session.js';\nexport class PlannerAgent { session = new Session(); async run(q: string) { return this.session.ask(q); } }" },
  'a class that looks something else up': "export class CourierAgent { routes = new Map<string, (id: string) => Promise<string>>(); async run(id: string) { const route = this.routes.get(id)!; return route(id); } }",
  'of a package of tests': { 'test-common/cases.ts': `${client}export async function runCase(q: string) { for (;;) { const a = await openai.chat.completions.create({ model: 'm', messages: [q] as never }); if (!a.choices[0]!.message.tool_calls) return a; } }` },
  'a user agent': "export class UserAgent { run(header: string) { return this.model.parse(header); } model = { parse: (x: string) => x }; }",
  'an HTTP agent': "import { Agent } from 'undici';\nexport class PooledAgent extends Agent { async invoke(q: string) { return this.llm.invoke(q); } llm: any; }",
  'a class that calls no model': "export class DeliveryAgent { async run(id: string) { await fetch('https://parcels.example.com/' + id); } }",
  'an abstract method': 'export abstract class BaseAgent { abstract run(q: string): Promise<string>; }',
  'a use case': `${client}export class CreateOrder { async execute(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`,
  'an executor of the far side': `${client}export class PlannerAgentExecutor { async execute(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`,
  'a loop without tools': `${client}export async function all(qs: string[]) { const out = []; for (const q of qs) out.push(await openai.responses.create({ model: 'm', input: q })); return out; }`,
  'another method': `${client}export class PlannerAgent { async describe(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`,
});
cases('agents: of the configuration', { ...using(), config: { agents: [{ class: '*Crew', methods: ['kick*'] }, { class: 'Tool*', methods: ['execute'], operation: 'execute_tool' }] } }, {
  'a tool that it names': 'export class ToolBelt {\n  async execute(q: string) { return q; } // ! own/configured-agent-2 untraced\n}',
  'a class that it names': 'export class ResearchCrew {\n  async kickOff(q: string) { return q; } // ! own/configured-agent-1 untraced\n}',
  'another method of it': 'export class ResearchCrew { async plan(q: string) { return q; } }',
  'another class': 'export class ResearchTeam { async kickOff(q: string) { return q; } }',
  'with a span': "import { trace } from '@opentelemetry/api';\nexport class ResearchCrew { async kickOff(q: string) { return trace.getTracer('x').startActiveSpan('invoke_agent crew', async (span) => { span.end(); return q; }); } }",
});

cases('agents: where nobody makes spans', { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { '@openai/agents': '*' } } } }, {
  'silent': `${openai}export const handle = (q: string) => run(planner, q);`,
});
cases('agents: --strict asks all the same', { strict: true, files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { '@openai/agents': '*' } } } }, {
  'run': `${openai}export const handle = (q: string) => run(planner, q); // ! openai-agents/run untraced`,
});
cases('agents: the framework\'s own repository', { files: { 'package.json': { name: 'root', private: true, workspaces: ['packages/*', 'examples/*'] }, 'packages/core/package.json': { name: '@openai/agents', dependencies: { '@opentelemetry/api': '^1.9.0' } } } }, {
  'an example': { 'examples/basic/package.json': { name: 'basic', dependencies: { '@openai/agents': '*', '@opentelemetry/api': '^1.9.0' } }, [join('examples/basic/src', 'a.ts')]: `${openai}export const handle = (q: string) => run(planner, q);` },
});

describe('a finding of require-agent-span', () => {
  const code = `${openai}export async function handle(q: string) {\n  return run(planner, q);\n}\n`;
  const rowsOf = async (text: string, config: object = {}) => (await check({ cwd: tree({ 'package.json': nodePackage, 'src/a.ts': text, 'handoff.config.json': config }), assumeTraced: true })).findings;

  it('is a warning that says what to do, at the callee', async () => {
    expect(await rowsOf(code)).toMatchObject([{
      rule: 'require-agent-span', boundary: 'openai-agents/run', family: 'agent', severity: 'warn', verdict: 'untraced', scope: 'file', line: 4, column: 10, endColumn: 13,
      message: expect.stringContaining('Enclose it in an `invoke_agent planner` span') as string, repair: { strategy: 'trace-agent-call' },
    }]);
  });

  it('calls a loop in a library\'s hook after the function around it', async () => {
    const loop = "import OpenAI from 'openai';\nconst openai = new OpenAI();\nexport function answers(q: string) {\n  return new ReadableStream({\n    async start(controller) {\n      for (;;) {\n        const { tool_calls } = (await openai.chat.completions.create({ model: 'm', messages: [q] as never })).choices[0]!.message;\n        if (!tool_calls) return controller.close();\n        controller.enqueue(tool_calls);\n      }\n    },\n  });\n}\n";
    expect(await rowsOf(loop)).toMatchObject([{ boundary: 'own/agent-loop', line: 5, message: expect.stringContaining('`invoke_agent answers` span') as string }]);
  });

  it('is an error, or none, where the configuration says so', async () => {
    expect(await rowsOf(code, { rules: { 'require-agent-span': 'error' } })).toMatchObject([{ severity: 'error' }]);
    expect(await rowsOf(code, { rules: { 'require-agent-span': 'off' } })).toEqual([]);
  });

  it('is silenced by a directive with a reason', async () => {
    expect(await rowsOf(code.replace('  return', '  // handoff-ignore require-agent-span -- the gateway has it\n  return'))).toEqual([]);
  });
});
