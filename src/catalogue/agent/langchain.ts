// https://docs.langchain.com/oss/javascript/langchain/agents and …/langchain/tools
import { runsAgent, runsTool } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'LangChain', package: 'langchain', evidence: 'proved', proof: 'fixtures/proofs/langchain-agents' } as const;
const telemetryWords = ['LANGSMITH_OTEL_ENABLED', 'LANGSMITH_TRACING_OTEL', 'langsmith/experimental/otel', 'LangChainInstrumentation'];
const tools = ['@langchain/core/tools', 'langchain', 'langchain/tools'];
const docs = 'https://docs.langchain.com/oss/javascript/langchain/tools';

export default [
  {
    ...runsAgent, ...library, id: 'langchain/agent', match: { modules: ['langchain', 'langchain/agents'], exports: ['createAgent', 'AgentExecutor', 'AgentExecutor.fromAgentAndTools', 'ReactAgent'], use: 'check', members: ['invoke', 'stream', 'streamEvents', 'batch', 'call', 'run'] },
    agent: { operation: 'invoke_agent', as: 'member', input: 0, streams: ['stream', 'streamEvents'], telemetryWords },
    upstream: 'https://docs.langchain.com/oss/javascript/langchain/agents',
  },
  {
    ...runsTool, ...library, package: '@langchain/core', id: 'langchain/tool', match: { modules: tools, near: ['@langchain/core/tools', 'langchain\'', 'langchain"'], exports: ['tool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlerArg: 0, options: 1, telemetryWords }, upstream: docs,
  },
  {
    ...runsTool, ...library, package: '@langchain/core', id: 'langchain/dynamic-tool', match: { modules: tools, near: ['DynamicTool', 'DynamicStructuredTool'], exports: ['DynamicTool', 'DynamicStructuredTool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['func'], telemetryWords }, upstream: docs,
  },
  {
    ...runsTool, ...library, package: '@langchain/core', id: 'langchain/tool-class', match: { modules: tools, near: ['_call'], exports: ['Tool', 'StructuredTool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'subclass', handlers: ['_call'], telemetryWords }, upstream: docs,
  },
] satisfies BoundaryInput[];
