// https://docs.langchain.com/oss/javascript/langgraph/overview and https://docs.langchain.com/langsmith/trace-with-opentelemetry
import { runsAgent, runsWorkflow } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'LangGraph', package: '@langchain/langgraph', evidence: 'proved', proof: 'fixtures/proofs/langgraph-workflows' } as const;
const modules = ['@langchain/langgraph', '@langchain/langgraph/prebuilt', '@langchain/langgraph/web'];
const telemetryWords = ['LANGSMITH_OTEL_ENABLED', 'LANGSMITH_TRACING_OTEL', 'langsmith/experimental/otel', 'LangChainInstrumentation'];
const members = ['invoke', 'stream', 'streamEvents', 'batch'];
const streams = ['stream', 'streamEvents'];

export default [
  {
    ...runsWorkflow, ...library, id: 'langgraph/graph', match: { modules, exports: ['StateGraph', 'MessageGraph', 'Graph'], use: 'check', members },
    agent: { operation: 'invoke_workflow', as: 'member', through: ['compile'], input: 0, streams, telemetryWords },
    upstream: 'https://docs.langchain.com/oss/javascript/langgraph/graph-api',
  },
  {
    ...runsWorkflow, ...library, id: 'langgraph/entrypoint', match: { modules, exports: ['entrypoint', 'CompiledStateGraph', 'CompiledGraph', 'Pregel'], use: 'check', members },
    agent: { operation: 'invoke_workflow', as: 'member', input: 0, streams, telemetryWords },
    upstream: 'https://docs.langchain.com/oss/javascript/langgraph/functional-api',
  },
  {
    ...runsAgent, ...library, id: 'langgraph/react-agent', match: { modules, exports: ['createReactAgent'], use: 'check', members },
    agent: { operation: 'invoke_agent', as: 'member', input: 0, streams, telemetryWords },
    upstream: 'https://langchain-ai.github.io/langgraphjs/reference/functions/langgraph_prebuilt.createReactAgent.html',
  },
] satisfies BoundaryInput[];
