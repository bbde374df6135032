// https://developers.llamaindex.ai/typescript/framework/modules/agents/agent_workflow/
import { runsAgent, runsTool } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'LlamaIndex', package: 'llamaindex', evidence: 'proved' } as const;
const telemetryWords = ['LlamaIndexInstrumentation'];

export default [
  {
    ...runsAgent, ...library, id: 'llamaindex/agent', match: { modules: ['llamaindex', '@llamaindex/workflow'], exports: ['agent', 'multiAgent', 'AgentWorkflow', 'FunctionAgent', 'ReActAgent', 'OpenAIAgent'], use: 'check', members: ['run', 'runStream', 'chat'] }, proof: 'fixtures/proofs/llamaindex-agent',
    agent: { operation: 'invoke_agent', as: 'member', input: 0, options: 1, streams: ['runStream'], streamOption: 'stream', telemetryWords },
    repair: { refused: 'streaming', detail: 'what it returns can be read event by event as well as awaited' },
    upstream: 'https://developers.llamaindex.ai/typescript/framework/modules/agents/agent_workflow/',
  },
  {
    ...runsTool, ...library, id: 'llamaindex/tool', match: { modules: ['llamaindex', '@llamaindex/core/tools'], near: ['llamaindex'], exports: ['tool', 'FunctionTool.from'], use: 'check' }, proof: 'fixtures/proofs/llamaindex-tool',
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['execute'], telemetryWords },
    upstream: 'https://developers.llamaindex.ai/typescript/framework/modules/agents/tool/',
  },
] satisfies BoundaryInput[];
