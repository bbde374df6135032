import { describe } from 'vitest';
import rule from '../../rules/no-dark-tool-call.ts';
import { runRule, type Case } from '../eslint/support.ts';

const C = "import { Client } from '@modelcontextprotocol/sdk/client/index.js';\nconst client = new Client({ name: 'a', version: '1' });\n";
const S = "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nconst server = new McpServer({ name: 's', version: '1' });\n";
const stdio = "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';\nvoid server.connect(new StdioServerTransport());\n";
const use = (call: string): string => `export async function use(args: any) { return ${call}; }`;
const works = "async () => { await fetch('https://api.openai.com/v1', { method: 'POST' }); return { content: [] }; }";

const silent: Case[] = [
  { name: 'a provider of the repo', code: use("args.provider.callTool({ name: 'search' })") },
  { name: 'an own class', code: `class Client { async callTool(x: object) { return x; } }\nconst client = new Client();\n${use("client.callTool({ name: 'search' })")}` },
  { name: 'carried', code: C + use("client.callTool({ name: 'search', _meta: { traceparent: args.tp } })") },
  { name: 'handed on', code: C + use("client.callTool({ name: 'search', _meta: args._meta })") },
  { name: 'a list', code: C + use('client.listTools()') },
  { name: 'in this process', code: `${C}import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';\nvoid InMemoryTransport;\n${use("client.callTool({ name: 'search' })")}` },
  { name: 'a tool that nobody is seen to call', code: `${S}server.registerTool('search', {}, ${works});` },
  { name: 'a tool that does nothing', code: `${S}${stdio}server.registerTool('search', {}, async () => ({ content: [] }));` },
  { name: 'mentioned in a string', code: "export const text = 'client.callTool({})';" },
  { name: 'an agent in process', code: "import { Agent } from '@mastra/core/agent';\nconst agent = new Agent({} as any);\nexport const go = () => agent.generate('x');" },
];

describe('no-dark-tool-call', () => {
  runRule('no-dark-tool-call', rule, {
    typescript: {
      valid: silent,
      invalid: [
        { name: 'callTool', code: C + use("client.«callTool»({ name: 'search', arguments: args })"), says: /^`client\.callTool\(…\)` \(MCP\).*`_meta`/ },
        { name: 'a generic request', code: C + use("client.«request»({ method: 'tools/call', params: { name: 'search' } }, args.schema)") },
        { name: 'an annotation', code: "import type { Client } from '@modelcontextprotocol/sdk/client/index.js';\nexport const use = (client: Client) => client.«callTool»({ name: 'search' });" },
        { name: 'a tool on stdio', code: `${S}${stdio}server.«registerTool»('search', {}, ${works});`, says: /extra\._meta/ },
        { name: 'a message to another agent', code: "import { A2AClient } from '@a2a-js/sdk/client';\nexport async function ask(message: object) { const client = await A2AClient.fromCardUrl('http://agents.internal'); return client.«sendMessage»({ message } as any); }" },
        { name: 'in strict', code: C + use("client.«callTool»({ name: 'search' })"), option: { strict: true } },
      ],
    },
    javascript: {
      valid: ['export async function use(ctx) { return ctx.callTool("search", {}); }'],
      invalid: [C + "export const use = (args) => client.«callTool»({ name: 'search', arguments: args });"],
    },
    commonjs: {
      valid: ["const { Client } = require('pg');\nconst client = new Client();\nexports.use = () => client.query('x');"],
      invalid: ["const { Client } = require('@modelcontextprotocol/sdk/client/index.js');\nconst client = new Client({ name: 'a', version: '1' });\nexports.use = () => client.«callTool»({ name: 'search' });"],
    },
  });
});
