// https://github.com/modelcontextprotocol/typescript-sdk
import type { BoundaryInput } from '../schema.ts';

const mcp = {
  family: 'mcp', library: 'MCP', package: '@modelcontextprotocol/sdk', versions: '>=1.0', coupling: 'awaited', rule: 'no-dark-tool-call',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/mcp-stdio',
} as const satisfies Partial<BoundaryInput>;

// Version 1 has a file for each part, version 2 a package.
const clientModules = ['@modelcontextprotocol/sdk/client/index.js', '@modelcontextprotocol/sdk/client/index', '@modelcontextprotocol/sdk/client', '@modelcontextprotocol/sdk/client/client.js', '@modelcontextprotocol/client', '@modelcontextprotocol/core'];
const serverModules = [
  '@modelcontextprotocol/sdk/server/mcp.js', '@modelcontextprotocol/sdk/server/mcp', '@modelcontextprotocol/sdk/server/index.js', '@modelcontextprotocol/sdk/server/index',
  '@modelcontextprotocol/sdk/server', '@modelcontextprotocol/server', '@modelcontextprotocol/core',
];
const slots: BoundaryInput['slots'] = [{ in: 'payload', path: ['_meta', 'traceparent'], encoding: 'object', relayed: true }];
// Over HTTP its headers carry the context; over stdio nothing does.
const coveredBy: BoundaryInput['coveredBy'] = [{ package: '@opentelemetry/instrumentation-undici', side: 'both', near: ['StreamableHTTP'] }];

const client = {
  ...mcp, role: 'producer', slots, coveredBy, inProcess: ['InMemoryTransport'], args: { payload: 0 },
  repair: { strategy: 'carry-in-slot' },
  farSide: 'the tool server starts a new trace', advice: 'Carry it in `_meta` of the request\'s params: `callTool({ name, arguments, _meta })`.',
  upstream: 'https://modelcontextprotocol.io/specification/2025-06-18/basic#meta',
} as const satisfies Partial<BoundaryInput>;

const tools = ['mcp/call-tool', 'mcp/request'];
const server = {
  ...mcp, role: 'consumer', needsPeer: true, coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer', near: ['StreamableHTTP', 'SSEServerTransport'] }], inProcess: ['InMemoryTransport'],
  trusted: { where: ['StdioServerTransport'], unless: ['StreamableHTTPServerTransport', 'SSEServerTransport', 'StreamableHttp', 'InMemoryTransport'] },
  repair: { strategy: 'extract-in-tool' }, slots: [{ in: 'message', path: ['_meta'], encoding: 'object' }, { in: 'message', path: ['mcpReq', '_meta'], encoding: 'object' }],
  farSide: 'every call starts a new trace', advice: 'Extract the carrier from `extra._meta` (version 2: `ctx.mcpReq._meta`).',
  upstream: 'https://github.com/modelcontextprotocol/typescript-sdk/blob/main/docs/server.md',
} as const satisfies Partial<BoundaryInput>;
const near = ['modelcontextprotocol', 'McpServer', 'StdioServerTransport', 'StreamableHTTPServerTransport', 'SSEServerTransport'];

export default [
  {
    ...client, id: 'mcp/call-tool', channel: { by: 'name', paths: ['name'] }, counterparts: ['mcp/register-tool', 'mcp/tool', 'fastmcp/add-tool'],
    match: { modules: clientModules, exports: ['Client'], use: 'instance', members: ['callTool', 'callToolStream'] },
  },
  {
    // https://github.com/vercel/ai/blob/main/packages/mcp/src/tool/mcp-client.ts
    ...client, id: 'ai-sdk-mcp/call-tool', library: 'AI SDK', package: '@ai-sdk/mcp', versions: '*', slots: [{ in: 'init', path: ['transport', 'headers', 'traceparent'], encoding: 'headers' }], channel: { by: 'name', paths: ['name'] }, counterparts: ['mcp/register-tool', 'mcp/tool', 'fastmcp/add-tool'],
    match: { modules: ['@ai-sdk/mcp'], exports: ['createMCPClient', 'experimental_createMCPClient', 'MCPClient'], use: 'instance', members: ['callTool'], near: ['mcp', 'MCP', 'mcpClient', 'McpClient', 'MCPClient', 'createMCPClient'] },
    repair: { refused: 'no-repair', detail: 'its client takes no `_meta`: inject into the headers of an HTTP transport' },
    advice: 'This client takes no `_meta`: send `traceparent` in the headers of an HTTP transport.',
    upstream: 'https://github.com/vercel/ai/tree/main/packages/mcp', evidence: 'proved', proof: 'fixtures/proofs/ai-sdk-mcp',
  },
  {
    ...client, id: 'mcp/get-prompt', channel: { by: 'name', paths: ['name', 'uri'] }, counterparts: [],
    match: { modules: clientModules, exports: ['Client'], use: 'instance', members: ['getPrompt', 'readResource', 'complete'] },
    advice: 'Carry it in `_meta` of the request\'s params.',
  },
  {
    ...client, id: 'mcp/request', channel: { by: 'name', paths: ['params.name'] }, counterparts: ['mcp/register-tool', 'mcp/tool'],
    match: { modules: clientModules, near: ['tools/call', 'prompts/get', 'resources/read'], exports: ['Client', 'Protocol'], use: 'instance', members: ['request'], event: ['tools/call', 'prompts/get', 'resources/read'], eventPath: 'method' },
    slots: [{ in: 'payload', path: ['params', '_meta', 'traceparent'], encoding: 'object', relayed: true }],
    advice: 'Carry it in `params._meta`.',
  },
  {
    ...server, id: 'mcp/register-tool', channel: { by: 'name' }, counterparts: tools,
    match: { modules: serverModules, near, exports: ['McpServer'], use: 'instance', members: ['registerTool', 'registerPrompt', 'registerResource'] }, args: { callback: -1 },
  },
  {
    ...server, id: 'mcp/tool', channel: { by: 'name' }, counterparts: tools,
    match: { modules: serverModules, near, exports: ['McpServer'], use: 'instance', members: ['tool', 'prompt', 'resource'] }, args: { callback: -1 },
  },
  {
    ...server, id: 'mcp/set-request-handler',
    match: { modules: serverModules, near, exports: ['Server', 'McpServer.server', 'McpServer'], use: 'instance', members: ['setRequestHandler'], event: ['CallToolRequestSchema', 'GetPromptRequestSchema', 'ReadResourceRequestSchema', 'tools/call', 'prompts/get', 'resources/read'] },
    args: { callback: -1 }, advice: 'Extract the carrier from `request.params._meta`.',
    repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['params', '?_meta'], encoding: 'object' }], proof: 'fixtures/proofs/mcp-request-handlers',
  },
] satisfies BoundaryInput[];
