// https://github.com/punkpeye/fastmcp#tools
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'fastmcp/add-tool', family: 'mcp', library: 'FastMCP', package: 'fastmcp', role: 'consumer', coupling: 'awaited', rule: 'no-dark-tool-call',
    match: { modules: ['fastmcp'], exports: ['FastMCP'], use: 'instance', members: ['addTool'] }, args: { callback: 0, handlers: ['execute'] },
    channel: { by: 'name', paths: ['name'] }, counterparts: ['mcp/call-tool', 'mcp/request', 'ai-sdk-mcp/call-tool'], needsPeer: true,
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    repair: { refused: 'no-repair', detail: 'FastMCP hands no `_meta` to a tool: take the carrier from the headers that `authenticate` sees, or from an argument' },
    farSide: 'every call starts a new trace', advice: 'Take the carrier from the session that `authenticate` makes of the request\'s headers.',
    upstream: 'https://github.com/punkpeye/fastmcp#tools', evidence: 'proved', proof: 'fixtures/proofs/ai-sdk-mcp',
  },
] satisfies BoundaryInput[];
