/** Engines that run functions elsewhere: Inngest, Trigger.dev, Temporal; and Nest's microservices. */
import { cases } from './harness.ts';

const dependencies = { inngest: '^3.40.0', '@inngest/agent-kit': '^0.8.0', '@trigger.dev/sdk': '^4.0.0', '@temporalio/client': '^1.11.0', '@nestjs/microservices': '^11.0.0', '@opentelemetry/api': '^1.9.0' };
const setting = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies } } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const api = `import { context, propagation } from '@opentelemetry/api';\n`;

const inngest = `import { Inngest } from 'inngest';\nconst inngest = new Inngest({ id: 'app' });\n${work}`;
cases('Inngest', setting, {
  'sent': `${inngest}export const f = () => inngest.send({ name: 'mail/sent', data: { to: 'a' } }); // ! inngest/send lost`,
  'sent as a list': `${inngest}export const f = () => inngest.send([{ name: 'mail/sent', data: {} }]); // ! inngest/send lost`,
  'sent from another file': { 'src/client.ts': `import { Inngest } from 'inngest';\nexport const inngest = new Inngest({ id: 'app' });`, 'src/a.ts': `import { inngest } from './client.ts';\nexport const f = () => inngest.send({ name: 'mail/sent', data: {} }); // ! inngest/send lost` },
  'carried': `${inngest}export const f = (traceparent: string) => inngest.send({ name: 'mail/sent', data: { traceparent } });`,
  'a function': `${inngest}export const fn = inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ event }) => { await work(event.data); }); // ! inngest/create-function lost`,
  'a function of version 4': `${inngest}export const fn = inngest.createFunction({ id: 'mail', triggers: [{ event: 'mail/sent' }] }, async ({ event }) => { await work(event.data); }); // ! inngest/create-function lost`,
  'a function of a client that may be handed in': `import { Inngest } from 'inngest';\n${work}export function serve({ client }: { client?: Inngest.Any }) {\n  const inngest = client ?? new Inngest({ id: 'app' });\n  return inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ event }) => { await work(event); }); // ! inngest/create-function lost\n}`,
  'a function on a schedule': `${inngest}export const fn = inngest.createFunction({ id: 'tidy' }, { cron: '0 0 * * *' }, async () => { await work(1); });`,
  'a function on a schedule, version 4': `${inngest}export const fn = inngest.createFunction({ id: 'tidy', triggers: [{ cron: '0 0 * * *' }] }, async () => { await work(1); });`,
  'a function on a schedule or an event': `${inngest}export const fn = inngest.createFunction({ id: 'tidy' }, [{ cron: '0 0 * * *' }, { event: 'tidy' }], async () => { await work(1); }); // ! inngest/create-function lost`,
  'a function that extracts': `${api}${inngest}export const fn = inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ event }) => context.with(propagation.extract(context.active(), event.data.otel), () => work(event)));`,
  'a step that sends': `${inngest}export const fn = inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ event, step }) => { // ! inngest/create-function lost\n  await step.sendEvent('next', { name: 'mail/next', data: event.data }); // ! inngest/step-send-event lost\n});`,
  'a step that invokes': `${inngest}declare const other: any;\nexport const fn = inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ step }) => { // ! inngest/create-function lost\n  await step.invoke('other', { function: other, data: {} }); // ! inngest/step-invoke lost\n});`,
  'a step that runs here': `${api}${inngest}export const fn = inngest.createFunction({ id: 'mail' }, { event: 'mail/sent' }, async ({ event, step }) => context.with(propagation.extract(context.active(), event.data), () => step.run('work', () => work(event))));`,
  'a tool of an agent': `import { createTool } from '@inngest/agent-kit';\nexport const tool = createTool({ name: 'mail', handler: async ({ to }, { step }) => { await step?.sendEvent('send', { name: 'mail/sent', data: { to } }); } }); // ! inngest/step-send-event lost; agent-kit/tool untraced`,
  'a tool of an agent, carried': `import { createTool } from '@inngest/agent-kit';\nexport const tool = createTool({ name: 'mail', handler: async ({ traceparent }, { step }) => { await step?.sendEvent('send', { name: 'mail/sent', data: { traceparent } }); } }); // ! agent-kit/tool untraced`,
  'a tool of another library': `import { createTool } from 'elsewhere';\nexport const tool = createTool({ name: 'mail', handler: async ({ to }: any, { step }: any) => { await step?.sendEvent('send', { name: 'mail/sent', data: { to } }); } });`,
  'send of something else': `import { Mailer } from 'elsewhere';\nconst inngest = new Mailer();\nexport const f = () => inngest.send({ name: 'mail/sent', data: {} });`,
});
cases('Trigger.dev carries the context itself', setting, {
  'triggered': `import { tasks } from '@trigger.dev/sdk/v3';\nexport const f = () => tasks.trigger('mail', { to: 'a' });`,
  'triggered in a batch': `import { tasks } from '@trigger.dev/sdk';\nexport const f = () => tasks.batchTrigger('mail', []);`,
});

const temporal = `import { Client } from '@temporalio/client';\n`;
cases('Temporal', setting, {
  'started': `${temporal}const client = new Client();\nexport const f = () => client.workflow.start('mail', { taskQueue: 'q', workflowId: 'a' }); // ! temporal/workflow-start lost`,
  'executed': `${temporal}const client = new Client();\nexport const f = () => client.workflow.execute('mail', { taskQueue: 'q', workflowId: 'a' }); // ! temporal/workflow-execute lost`,
  'signalled': `${temporal}const client = new Client();\nexport const f = () => client.workflow.signalWithStart('mail', { taskQueue: 'q', workflowId: 'a' }); // ! temporal/workflow-start lost`,
  'the older client': `import { WorkflowClient } from '@temporalio/client';\nconst client = new WorkflowClient();\nexport const f = () => client.start('mail', { taskQueue: 'q', workflowId: 'a' }); // ! temporal/client-start lost`,
  'with interceptors': `${temporal}import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry';\nconst client = new Client({ interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] } });\nexport const f = () => client.workflow.start('mail', { taskQueue: 'q', workflowId: 'a' });`,
  'on a schedule': `${temporal}const client = new Client();\nexport const f = () => client.workflow.start('tidy', { taskQueue: 'q', workflowId: 'a', cronSchedule: '0 0 * * *' });`,
  'a handle': `${temporal}const client = new Client();\nexport const f = () => client.workflow.getHandle('a');`,
  'start of something else': `import { Server } from 'elsewhere';\nconst client = new Server();\nexport const f = () => client.workflow.start('mail', {});`,
});

const nest = `import { ClientProxy, Ctx, EventPattern, MessagePattern, Payload, RmqContext } from '@nestjs/microservices';\n${work}`;
cases('Nest microservices', setting, {
  'emitted': `${nest}export class Api {\n  constructor(private readonly client: ClientProxy) {}\n  f() { return this.client.emit('mail', { to: 'a' }); } // ! nestjs/emit lost\n}`,
  'sent': `${nest}export class Api {\n  constructor(private readonly client: ClientProxy) {}\n  f() { return this.client.send({ cmd: 'mail' }, { to: 'a' }); } // ! nestjs/send lost\n}`,
  'through Kafka': `import { ClientKafka } from '@nestjs/microservices';\nexport class Api {\n  constructor(private readonly client: ClientKafka) {}\n  f() { this.client.emit('mail', { value: 'x' }).subscribe(); } // ! nestjs/emit lost\n}`,
  'through a factory': `import { ClientProxyFactory, Transport } from '@nestjs/microservices';\nconst client = ClientProxyFactory.create({ transport: Transport.TCP });\nexport const f = () => client.send('mail', {}); // ! nestjs/send lost`,
  'carried': `import { ClientKafka } from '@nestjs/microservices';\nexport class Api {\n  constructor(private readonly client: ClientKafka) {}\n  f(traceparent: string) { this.client.emit('mail', { value: 'x', headers: { traceparent } }); }\n}`,
  'an event': `${nest}export class Mail {\n  @EventPattern('mail') // ! nestjs/event-pattern lost\n  async sent(@Payload() data: unknown) { await work(data); }\n}`,
  'a message': `${nest}export class Mail {\n  @MessagePattern({ cmd: 'mail' }) // ! nestjs/message-pattern lost\n  async sent(data: unknown) { return work(data); }\n}`,
  'an event that extracts': `${api}${nest}export class Mail {\n  @EventPattern('mail')\n  async sent(@Payload() data: unknown, @Ctx() ctx: RmqContext) { await context.with(propagation.extract(context.active(), ctx.getMessage().properties.headers), () => work(data)); }\n}`,
  'an event that only logs': `${nest}export class Mail {\n  @EventPattern('mail')\n  async sent(@Payload() data: unknown) { console.log(data); }\n}`,
  'an event of the process': `import { OnEvent } from '@nestjs/event-emitter';\n${work}export class Mail {\n  @OnEvent('mail')\n  async sent(data: unknown) { await work(data); }\n}`,
  'an emitter': `import { EventEmitter2 } from '@nestjs/event-emitter';\nexport class Api {\n  constructor(private readonly client: EventEmitter2) {}\n  f() { return this.client.emit('mail', { to: 'a' }); }\n}`,
  'a route': `import { Controller, Post } from '@nestjs/common';\n${work}@Controller()\nexport class Mail {\n  @Post('mail')\n  async sent(data: unknown) { await work(data); }\n}`,
});
