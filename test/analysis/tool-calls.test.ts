/** Tool servers and remote agents: calls without `_meta`, handlers that do not read it. */
import { cases, nodePackage } from './harness.ts';

const v1 = "import { Client } from '@modelcontextprotocol/sdk/client/index.js';\nimport { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';\nconst client = new Client({ name: 'a', version: '1' });\n";
const v2 = "import { Client } from '@modelcontextprotocol/client';\nconst client = new Client({ name: 'a', version: '1' });\n";
const otel = "import { context, propagation } from '@opentelemetry/api';\n";
const call = (before: string, expression: string, marker = ''): string => `${before}export async function use(args: any, given: any) {\n  return ${expression};${marker && ` // ! ${marker}`}\n}`;

cases('MCP clients', {}, {
  'callTool': call(v1, "client.callTool({ name: 'search', arguments: args })", 'mcp/call-tool lost'),
  'callTool of version 2': call(v2, "client.callTool({ name: 'search', arguments: args })", 'mcp/call-tool lost'),
  'under another name': call("import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';\nconst client = new McpClient({ name: 'a', version: '1' });\n", 'client.callTool({ name: args.name, arguments: args })', 'mcp/call-tool lost'),
  'params of another line': `${v1}export async function use(args: any) {\n  const params = { name: 'search', arguments: args };\n  return client.callTool(params); // ! mcp/call-tool lost\n}`,
  'params of a request': `${v1}export async function use(args: any) {\n  const request = {} as any;\n  request.params = { name: 'search', arguments: args };\n  return client.callTool(request.params); // ! mcp/call-tool lost\n}`,
  'in a field': "import { Client } from '@modelcontextprotocol/sdk/client/index.js';\nexport class Hub {\n  private client?: Client;\n  async ensure(): Promise<Client> { return this.client!; }\n  async use(args: any) {\n    const client = await this.ensure();\n    return client.callTool({ name: 'search', arguments: args }); // ! mcp/call-tool lost\n  }\n}",
  'a Map of connections': "import { Client } from '@modelcontextprotocol/sdk/client/index.js';\nconst clients = new Map<string, Client>();\nexport async function use(args: any) {\n  return clients.get('a')!.callTool({ name: 'search', arguments: args }); // ! mcp/call-tool lost\n}",
  'in a closure': `${v1}export const tools = (name: string) => ({\n  handler: async (input: any) => {\n    const fn = () => client.callTool({ name, arguments: input }); // ! mcp/call-tool lost\n    return fn();\n  },\n});`,
  'getPrompt': call(v1, "client.getPrompt({ name: 'plan' })", 'mcp/get-prompt lost'),
  'readResource': call(v1, "client.readResource({ uri: 'file:///a' })", 'mcp/get-prompt lost'),
  'request': call(v1, "client.request({ method: 'tools/call', params: { name: 'search', arguments: args } }, given)", 'mcp/request lost'),
  'request, carried': call(v1, "client.request({ method: 'tools/call', params: { name: 'search', arguments: args, _meta: { traceparent: given.tp } } }, given)"),
  'request made earlier': `${v1}export async function use(args: any, given: any) {\n  const request = { method: 'tools/call', params: { name: 'search', arguments: args } };\n  return client.request(request, given); // ! mcp/request lost\n}`,
  'request made earlier, carried': `${v1}export async function use(args: any, given: any) {\n  const request = { method: 'tools/call', params: { name: 'search', arguments: args, _meta: { traceparent: given.tp } } };\n  return client.request(request, given);\n}`,
  'request made earlier, of a list': `${v1}export async function use(given: any) {\n  const request = { method: 'tools/list' };\n  return client.request(request, given);\n}`,
  'request that is handed in': call(v1, 'client.request(given, args)'),
  'params that are spread into themselves': `${v1}export async function use(args: any) {\n  const params = { ...params, arguments: args };\n  return client.callTool({ ...params, name: 'search' }); // ! mcp/call-tool lost\n}`,
  'request of a list': call(v1, "client.request({ method: 'tools/list' }, given)"),
  'listTools': call(v1, 'client.listTools()'),
  'ping': call(v1, 'client.ping()'),
  'carried by hand': call(v1, "client.callTool({ name: 'search', arguments: args, _meta: { traceparent: given.tp } })"),
  'injected': `${v1}${otel}export async function use(args: any) {\n  const _meta = {};\n  propagation.inject(context.active(), _meta);\n  return client.callTool({ name: 'search', arguments: args, _meta });\n}`,
  'injected, spread': `${v1}${otel}export async function use(args: any, token: string) {\n  const carrier = {};\n  propagation.inject(context.active(), carrier);\n  return client.callTool({ name: 'search', arguments: args, _meta: { progressToken: token, ...carrier } });\n}`,
  'by a helper': `${v1}${otel}function meta() { const carrier = {}; propagation.inject(context.active(), carrier); return carrier; }\nexport async function use(args: any) {\n  return client.callTool({ name: 'search', arguments: args, _meta: meta() });\n}`,
  'handed on': call(v1, "client.callTool({ name: 'search', arguments: args, _meta: given.params._meta })"),
  'handed on where there is any': `${v1}export async function use(args: any, meta?: object) {\n  const params = { name: 'search', arguments: args, ...(meta != null ? { _meta: meta } : {}) };\n  return client.callTool(params);\n}`,
  'a _meta in the arguments of the tool': call(v1, "client.callTool({ name: 'search', arguments: { q: 1 }, other: {} })", 'mcp/call-tool lost'),
  'a _meta that holds something else': call(v1, "client.callTool({ name: 'search', arguments: args, _meta: { progressToken: 1 } })", 'mcp/call-tool lost'),
  'in this process': call(`${v1}import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';\nconst [a, b] = InMemoryTransport.createLinkedPair();\nvoid client.connect(a); void b;\n`, "client.callTool({ name: 'search', arguments: args })"),
  'at module scope': `${v1}export const answer = await client.callTool({ name: 'search', arguments: {} });`,
  'a provider of the repo': "interface Provider { callTool(x: object): Promise<unknown> }\nexport async function use(provider: Provider) { return provider.callTool({ name: 'search' }); }",
  'a context of the repo': "export async function dispatch(ctx: any, params: any) { return ctx.callTool(params.name, params.arguments); }",
  'a class of the repo': "class Client { async callTool(x: object) { return x; } }\nconst client = new Client();\nexport async function use() { return client.callTool({ name: 'search' }); }",
  'an own wrapper is judged inside': "import { Client } from '@modelcontextprotocol/sdk/client/index.js';\nclass Hub extends Client {\n  override async callTool(params: any): Promise<any> {\n    return super.callTool(params); // ! mcp/call-tool lost\n  }\n}\nexport async function use() { return new Hub({ name: 'a', version: '1' }).callTool({ name: 'search' }); }",
  'a Client of another library': call("import { Client } from 'pg';\nconst client: any = new Client();\n", "client.callTool({ name: 'search' })"),
});

const alike = 'ai-sdk-mcp/call-tool lost';
cases('MCP clients that are not the SDK\'s', {}, {
  'the AI SDK\'s': `import { createMCPClient } from '@ai-sdk/mcp';\nexport async function use(args: any) {\n  const client = await createMCPClient({ transport: { type: 'http', url: 'http://tools.internal/mcp' } });\n  return client.callTool({ name: 'search', arguments: args }); // ! ${alike}\n}`,
  'the AI SDK\'s, a list': `import { createMCPClient } from '@ai-sdk/mcp';\nexport async function use() {\n  const client = await createMCPClient({ transport: { type: 'http', url: 'http://tools.internal/mcp' } });\n  return client.listTools();\n}`,
  'of a package that cannot be read': `import { connectToMCPServer } from 'browser-agent';\ntype McpClient = Awaited<ReturnType<typeof connectToMCPServer>>;\nexport class Runtime {\n  constructor(private readonly client: McpClient) {}\n  async use(name: string, args: any) {\n    return this.client.callTool({ name, arguments: args });\n  }\n}`,
  'nothing tells': `export async function use(mcp: any, name: string, args: any) {\n  return mcp.callTool({ name, arguments: args });\n}`,
  'nothing tells, and no arguments': 'export async function use(mcp: any, name: string) {\n  return mcp.callTool({ name });\n}',
  'nothing tells, and two arguments': 'export async function use(mcp: any, name: string, args: any) {\n  return mcp.callTool(name, args);\n}',
  'a class of the repo': 'class Hub { async callTool(x: object) { return x; } }\nconst mcp = new Hub();\nexport const use = (name: string, args: any) => mcp.callTool({ name, arguments: args });',
  'an interface of the repo': 'interface McpProvider { callTool(x: object): Promise<unknown> }\nexport const use = (mcp: McpProvider, name: string, args: any) => mcp.callTool({ name, arguments: args });',
  'this': 'export class McpTools { declare callTool: any; use(name: string, args: any) { return this.callTool({ name, arguments: args }); } }',
  'no word of MCP': 'export async function use(client: any, name: string, args: any) {\n  return client.callTool({ name, arguments: args });\n}',
});

cases('MCP clients, undici instrumented', { instrumentations: ['@opentelemetry/instrumentation-undici'] }, {
  'over HTTP': call(`${v2}import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';\nvoid client.connect(new StreamableHTTPClientTransport(new URL('http://tools.internal/mcp')));\n`, "client.callTool({ name: 'search' })"),
  'over stdio': call(v1, "client.callTool({ name: 'search' })", 'mcp/call-tool lost'),
});

const does = "async function search(x: unknown) { return fetch('https://api.openai.com/v1/x', { method: 'POST', body: String(x) }); }\n";
const mcp = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\n${does}const server = new McpServer({ name: 's', version: '1' });\n`;
const stdio = "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';\nvoid server.connect(new StdioServerTransport());\n";
const http = "import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';\nvoid server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));\n";
const low = `import { Server } from '@modelcontextprotocol/sdk/server/index.js';\nimport { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';\n${does}const server = new Server({ name: 's', version: '1' }, { capabilities: {} });\n`;
const searches = "async ({ q }: any) => ({ content: [{ type: 'text', text: String(await search(q)) }] })";

cases('MCP servers', {}, {
  'a tool on stdio': `${mcp}${stdio}server.tool('search', { q: {} }, ${searches}); // ! mcp/tool lost`,
  'a registered tool on stdio': `${mcp}${stdio}server.registerTool('search', { description: 'x' }, ${searches}); // ! mcp/register-tool lost`,
  'a registered tool, the transport in another file': { 'src/a.ts': `${mcp}server.registerTool('search', { description: 'x' }, ${searches}); // ! mcp/register-tool lost\nexport { server };`, 'src/main.ts': "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';\nimport { server } from './a.js';\nvoid server.connect(new StdioServerTransport());" },
  'a server that is handed in': `import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';\nvoid StdioServerTransport;\n${does}export function register(server: McpServer) {\n  server.registerTool('search', {}, ${searches}); // ! mcp/register-tool lost\n}`,
  'a registered tool of version 2': `import { McpServer, StdioServerTransport } from '@modelcontextprotocol/server';\n${does}const server = new McpServer({ name: 's', version: '1' });\nvoid server.connect(new StdioServerTransport());\nserver.registerTool('search', {}, ${searches}); // ! mcp/register-tool lost`,
  'a handler on stdio': `${low}${stdio}server.setRequestHandler(CallToolRequestSchema, async (request) => search(request.params.name)); // ! mcp/set-request-handler lost`,
  'a handler of a server in a server': `${mcp}import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';\n${stdio}server.server.setRequestHandler(CallToolRequestSchema, async (request) => search(request.params.name)); // ! mcp/set-request-handler lost`,
  'a list': `${low}${stdio}server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [await search(1)] }));`,
  'a handler that does nothing': `${low}${stdio}server.setRequestHandler(CallToolRequestSchema, async (request) => ({ content: [{ type: 'text', text: request.params.name }] }));`,
  'a tool that computes': `${mcp}${stdio}server.tool('add', { a: {}, b: {} }, async ({ a, b }: any) => ({ content: [{ type: 'text', text: String(a + b) }] }));`,
  'over HTTP, nobody here calls': `${mcp}${http}server.tool('search', { q: {} }, ${searches});`,
  'over HTTP, called here': { 'src/a.ts': `${mcp}${http}server.tool('search', { q: {} }, ${searches}); // ! mcp/tool lost`, 'src/c.ts': call(v1, "client.callTool({ name: 'search', arguments: args })", 'mcp/call-tool lost') },
  'over HTTP, another tool called': { 'src/a.ts': `${mcp}${http}server.tool('search', { q: {} }, ${searches});`, 'src/c.ts': call(v1, "client.callTool({ name: 'other', arguments: args })", 'mcp/call-tool lost') },
  'over either': `${mcp}${stdio}${http}server.tool('search', { q: {} }, ${searches});`,
  'over HTTP, a handler': `${low}${http}server.setRequestHandler(CallToolRequestSchema, async (request) => search(request.params.name));`,
  'it extracts': `${otel}${mcp}${stdio}server.registerTool('search', {}, async ({ q }: any, extra: any) => context.with(propagation.extract(context.active(), extra._meta ?? {}), () => search(q)));`,
  'it extracts in a wrapper': `${otel}${mcp}${stdio}const traced = (fn: any) => (args: any, extra: any) => context.with(propagation.extract(context.active(), extra._meta), () => fn(args, extra));\nserver.registerTool('search', {}, traced(${searches}));`,
  'carried to one that does not read': { 'src/a.ts': `${mcp}${stdio}server.tool('search', { q: {} }, ${searches}); // ! mcp/tool one-sided`, 'src/c.ts': call(v1, "client.callTool({ name: 'search', arguments: args, _meta: { traceparent: given.tp } })") },
  'a tool of another library': `${does}import { Agent } from 'other-agents';\nconst server = new Agent();\nserver.tool('search', {}, ${searches});\n// StdioServerTransport`,
  'a tool in process: nothing is handed over, but it owes a span': `import { tool } from 'ai';\n${does}export const t = tool({ description: 'x', execute: async ({ q }: any) => search(q) }); // ! ai/tool untraced`,
  'FastMCP over HTTP, called here': { 'src/a.ts': `import { FastMCP } from 'fastmcp';\n${does}const server = new FastMCP({ name: 's', version: '1.0.0' });\nserver.addTool({\n  name: 'search',\n  execute: async ({ q }: any) => String(await search(q)), // ! fastmcp/add-tool lost\n});`, 'src/c.ts': call(v1, "client.callTool({ name: 'search', arguments: args })", 'mcp/call-tool lost') },
  'FastMCP, nobody here calls': `import { FastMCP } from 'fastmcp';\n${does}const server = new FastMCP({ name: 's', version: '1.0.0' });\nserver.addTool({ name: 'search', execute: async ({ q }: any) => String(await search(q)) });`,
});

const a2a = "import { ClientFactory } from '@a2a-js/sdk/client';\nconst factory = new ClientFactory();\n";
cases('remote agents', {}, {
  'a client of a factory': `${a2a}export async function ask(text: string) {\n  const client = await factory.createFromUrl('http://agents.internal');\n  return client.sendMessage({ message: { parts: [{ text }] } }); // ! a2a/send-message lost\n}`,
  'a stream': `${a2a}export async function* ask(text: string) {\n  const client = await factory.createFromUrl('http://agents.internal');\n  for await (const event of client.sendMessageStream({ message: { parts: [{ text }] } })) yield event; // ! a2a/send-message lost\n}`,
  'A2AClient': "import { A2AClient } from '@a2a-js/sdk/client';\nexport async function ask(message: object) {\n  const client = await A2AClient.fromCardUrl('http://agents.internal/card');\n  return client.sendMessage({ message }); // ! a2a/send-message lost\n}",
  'a parameter of the factory\'s type': "import { ClientFactory } from '@a2a-js/sdk/client';\nexport async function ask(client: Awaited<ReturnType<ClientFactory['createFromUrl']>>, message: object) {\n  return client.sendMessage({ message }); // ! a2a/send-message lost\n}",
  'carried in the metadata': `${a2a}export async function ask(message: object, traceparent: string) {\n  const client = await factory.createFromUrl('http://agents.internal');\n  return client.sendMessage({ message, metadata: { traceparent } });\n}`,
  'carried in the parameters of the call': `${a2a}export async function ask(message: object, traceparent: string) {\n  const client = await factory.createFromUrl('http://agents.internal');\n  return client.sendMessage({ message }, { serviceParameters: { traceparent } });\n}`,
  'a task that is read': `${a2a}export async function ask() {\n  const client = await factory.createFromUrl('http://agents.internal');\n  return client.getTask({ id: '1' });\n}`,
  'a Slack client': "class SlackService { async sendMessage(x: object) { return x; } }\nconst slack = new SlackService();\nexport const tell = () => slack.sendMessage({ text: 'x' });",
  'an own mailbox': 'export class Team { private sendMessage(x: object) { return x; } tell() { return this.sendMessage({ text: 1 }); } }',
  'sendMessage of a browser extension': "declare const chrome: any;\nexport const tell = () => chrome.runtime.sendMessage({ type: 'run' });",
  'an agent in process: nothing is handed over, but it owes a span': "import { Agent, run } from '@openai/agents';\nconst agent = new Agent({ name: 'a' });\nexport const go = async (x: string) => run(agent, x); // ! openai-agents/run untraced",
  'a sub-agent in process': "import { createAgent } from '@inngest/agent-kit';\nconst agent = createAgent({ name: 'a', system: '' });\nexport const go = async (x: string) => agent.run(x); // ! agent-kit/agent-run untraced",
  'a use case': 'class SendReport { async execute(x: object) { return x; } }\nexport const go = (x: object) => new SendReport().execute(x);',
  'a model': 'export const go = async (model: any, options: object) => model.doGenerate(options);',
  'AG-UI': "import { HttpAgent } from '@ag-ui/client';\nconst agent = new HttpAgent({ url: process.env.AGENT_URL! });\nexport const go = () => agent.runAgent({ runId: '1' }); // ! ag-ui/run-agent lost",
  'LangGraph\'s platform': "import { Client } from '@langchain/langgraph-sdk';\nconst client = new Client({ apiUrl: process.env.GRAPH_URL });\nexport const go = (thread: string) => client.runs.stream(thread, 'agent', { input: {} }); // ! langgraph-sdk/runs lost",
  'AG-UI, made for one call, with the carrier': "import { context, propagation } from '@opentelemetry/api';\nimport { HttpAgent } from '@ag-ui/client';\nexport const go = () => { const headers = {}; propagation.inject(context.active(), headers); return new HttpAgent({ url: process.env.AGENT_URL!, headers }).runAgent({ runId: '1' }); };",
  'AG-UI, made with a carrier while the file loads': "import { context, propagation } from '@opentelemetry/api';\nimport { HttpAgent } from '@ag-ui/client';\nconst headers = {};\npropagation.inject(context.active(), headers);\nconst agent = new HttpAgent({ url: process.env.AGENT_URL!, headers });\nexport const go = () => agent.runAgent({ runId: '1' }); // ! ag-ui/run-agent lost",
  'AG-UI, with other headers': "import { HttpAgent } from '@ag-ui/client';\nexport const go = (token: string) => new HttpAgent({ url: process.env.AGENT_URL!, headers: { authorization: token } }).runAgent({ runId: '1' }); // ! ag-ui/run-agent lost",
  'LangGraph\'s platform, carried': "import { Client } from '@langchain/langgraph-sdk';\nexport const go = (traceparent: string) => { const client = new Client({ apiUrl: process.env.GRAPH_URL, defaultHeaders: { traceparent } }); return client.runs.wait('1', 'agent', { input: {} }); };",
  'LangGraph\'s platform, threads': "import { Client } from '@langchain/langgraph-sdk';\nconst client = new Client({ apiUrl: process.env.GRAPH_URL });\nexport const go = () => client.threads.create();",
  'a remote graph': "import { RemoteGraph } from '@langchain/langgraph/remote';\nconst graph = new RemoteGraph({ graphId: 'a', url: process.env.GRAPH_URL });\nexport const go = (x: object) => graph.invoke(x); // ! langgraph/remote-graph lost",
  'a graph in process': "import { StateGraph } from '@langchain/langgraph';\nconst graph = new StateGraph({} as any).compile();\nexport const go = (x: object) => graph.invoke(x); // ! langgraph/graph untraced",
  'a Mastra client': "import { MastraClient } from '@mastra/client-js';\nconst client = new MastraClient({ baseUrl: process.env.MASTRA_URL! });\nexport const go = () => client.getAgent('planner').generate('x'); // ! mastra-client/agent lost",
  'an AgentCore runtime': "import { InvokeAgentRuntimeCommand } from '@aws-sdk/client-bedrock-agentcore';\nexport const go = (client: any) => client.send(new InvokeAgentRuntimeCommand({ agentRuntimeArn: 'a', payload: '{}' })); // ! agentcore/invoke-agent-runtime lost",
  'an AgentCore runtime, carried': "import { InvokeAgentRuntimeCommand } from '@aws-sdk/client-bedrock-agentcore';\nexport const go = (client: any, traceParent: string) => client.send(new InvokeAgentRuntimeCommand({ agentRuntimeArn: 'a', traceParent }));",
  'a model of Bedrock': "import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';\nexport const go = (client: any) => client.send(new InvokeModelCommand({ modelId: 'a' }));",
});

const sdk = { 'package.json': { ...nodePackage, name: '@a2a-js/sdk' }, 'src/client.ts': 'export class Client {\n  async sendMessage(x: object) { return x; }\n  async again(x: object) { return this.sendMessage(x); }\n}\nexport class Factory { async create(): Promise<Client> { return new Client(); } }' };
cases('a library in its own repo', {}, {
  'its class, by a relative path': { ...sdk, 'src/sample.ts': "import { Client } from './client.js';\nconst client = new Client();\nexport const go = () => client.sendMessage({ message: {} }); // ! a2a/send-message lost" },
  'its class, of a factory': { ...sdk, 'src/sample.ts': "import { Factory } from './client.js';\nexport async function go() {\n  const client = await new Factory().create();\n  return client.sendMessage({ message: {} }); // ! a2a/send-message lost\n}" },
  'its class, by the type of what a factory gives': { ...sdk, 'src/sample.ts': "import { Factory } from './client.js';\nexport async function go(client: Awaited<ReturnType<Factory['create']>>) {\n  return client.sendMessage({ message: {} }); // ! a2a/send-message lost\n}" },
  'a class of that name in another package': { 'src/client.ts': sdk['src/client.ts'], 'src/sample.ts': "import { Client } from './client.js';\nconst client = new Client();\nexport const go = () => client.sendMessage({ message: {} });" },
});
