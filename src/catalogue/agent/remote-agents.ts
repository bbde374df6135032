// https://docs.ag-ui.com/sdk/js/client/http-agent
import type { BoundaryInput } from '../schema.ts';

const remote = {
  family: 'agent', role: 'producer', coupling: 'awaited', rule: 'no-dark-tool-call',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, farSide: 'the remote agent starts a new trace', evidence: 'proved', proof: 'fixtures/proofs/remote-agents',
} as const satisfies Partial<BoundaryInput>;
const undici: BoundaryInput['coveredBy'] = [{ package: '@opentelemetry/instrumentation-undici', side: 'producer' }];
const headers = { refused: 'no-repair', detail: 'send the carrier in the headers that the client is made with, one client a call' } as const;

export default [
  {
    ...remote, id: 'ag-ui/run-agent', library: 'AG-UI', package: '@ag-ui/client', coveredBy: undici, args: { payload: 0 }, slots: [{ in: 'init', path: ['headers', 'traceparent'], encoding: 'headers' }],
    match: { modules: ['@ag-ui/client'], exports: ['HttpAgent'], use: 'instance', members: ['runAgent'] },
    repair: headers, advice: 'Send it in the agent\'s `headers`, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://docs.ag-ui.com/sdk/js/client/http-agent',
  },
  {
    ...remote, id: 'langgraph-sdk/runs', library: 'LangGraph', package: '@langchain/langgraph-sdk', coveredBy: undici, args: { payload: 2 }, slots: [{ in: 'init', path: ['defaultHeaders', 'traceparent'], encoding: 'headers' }],
    match: { modules: ['@langchain/langgraph-sdk', '@langchain/langgraph-sdk/client'], near: ['.runs'], exports: ['Client.runs'], use: 'method', members: ['create', 'stream', 'wait'] },
    repair: headers, advice: 'Send it in the client\'s `defaultHeaders`, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://langchain-ai.github.io/langgraph/cloud/reference/sdk/js_ts_sdk_ref/',
  },
  {
    ...remote, id: 'langgraph/remote-graph', library: 'LangGraph', package: '@langchain/langgraph', coveredBy: undici, args: { payload: 0, options: 1 }, slots: [{ in: 'init', path: ['headers', 'traceparent'], encoding: 'headers' }],
    match: { modules: ['@langchain/langgraph/remote'], exports: ['RemoteGraph'], use: 'instance', members: ['invoke', 'stream', 'streamEvents'] },
    repair: headers, advice: 'Send it in the `headers` that the graph is made with, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://langchain-ai.github.io/langgraphjs/reference/classes/langgraph_remote.RemoteGraph.html',
  },
  {
    ...remote, id: 'mastra-client/agent', library: 'Mastra', package: '@mastra/client-js', coveredBy: undici, args: { payload: 0, options: 1 },
    match: { modules: ['@mastra/client-js'], exports: ['MastraClient.getAgent', 'MastraClient.getWorkflow'], use: 'instance', members: ['generate', 'stream', 'network', 'startAsync'] },
    repair: headers, advice: 'Send it in the client\'s `headers`, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://mastra.ai/reference/client-js/agents', evidence: 'read', proof: 'read in its documentation: it calls the global fetch; not run: its newest versions need Node 22, and CI runs the proofs on 20',
  },
  {
    ...remote, id: 'agentcore/invoke-agent-runtime', library: 'Bedrock AgentCore', package: '@aws-sdk/client-bedrock-agentcore', args: { payload: 0 },
    match: { modules: ['@aws-sdk/client-bedrock-agentcore'], exports: ['InvokeAgentRuntimeCommand'], use: 'construct' },
    slots: [{ in: 'payload', path: ['traceParent'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject, and hand the values on as `traceParent`, `traceState` and `baggage` of the command' },
    advice: 'Hand it on in the command\'s `traceParent`, `traceState` and `baggage`.',
    upstream: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeAgentRuntime.html',
  },
] satisfies BoundaryInput[];
