/** Queues and buses of the clouds: AWS, Google, Azure, Upstash; both sides. */
import { cases } from './harness.ts';

const aws = Object.fromEntries(['sqs', 'sns', 'eventbridge', 'lambda', 'sfn', 'kinesis'].map((name) => [`@aws-sdk/client-${name}`, '^3.900.0']));
const dependencies = { ...aws, 'aws-sdk': '^2.1690.0', 'sqs-consumer': '^12.0.0', 'sqs-producer': '^7.0.0', '@ssut/nestjs-sqs': '^3.0.0', '@aws-lambda-powertools/batch': '^2.0.0', '@google-cloud/pubsub': '^5.0.0', '@google-cloud/tasks': '^6.0.0', '@azure/service-bus': '^7.9.0', '@azure/event-hubs': '^6.0.0', '@azure/storage-queue': '^12.0.0', '@azure/functions': '^4.0.0', '@upstash/qstash': '^2.7.0', '@upstash/workflow': '^0.2.0', '@opentelemetry/api': '^1.9.0' };
const manifest = { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies };
const setting = { files: { 'package.json': manifest } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const api = `import { context, propagation } from '@opentelemetry/api';\n`;

const command = (name: string, client: string): string => `import { ${name} } from '@aws-sdk/client-${client}';\ndeclare const client: any;\n`;
cases('AWS: commands', setting, {
  'SQS': `${command('SendMessageCommand', 'sqs')}export const f = () => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x' })); // ! aws-sqs/send-message-command lost`,
  'SQS, in a variable': `${command('SendMessageCommand', 'sqs')}export async function f() {\n  const params = { QueueUrl: process.env.QUEUE_URL, MessageBody: 'x' };\n  const command = new SendMessageCommand(params); // ! aws-sqs/send-message-command lost\n  await client.send(command);\n}`,
  'SQS, with other attributes': `${command('SendMessageCommand', 'sqs')}export const f = () => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x', MessageAttributes: { tenant: { DataType: 'String', StringValue: 'a' } } })); // ! aws-sqs/send-message-command lost`,
  'SQS, in a batch': `${command('SendMessageBatchCommand', 'sqs')}export const f = () => client.send(new SendMessageBatchCommand({ QueueUrl: 'q', Entries: [{ Id: '1', MessageBody: 'x' }] })); // ! aws-sqs/send-message-batch-command lost`,
  'SQS, carried': `${command('SendMessageCommand', 'sqs')}export const f = (tp: string) => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x', MessageAttributes: { traceparent: { DataType: 'String', StringValue: tp } } }));`,
  'SQS, carried in X-Ray\'s header': `${command('SendMessageCommand', 'sqs')}export const f = (h: string) => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x', MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: h } } }));`,
  'SQS, carried in the body': `${command('SendMessageCommand', 'sqs')}export const f = (traceparent: string) => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: JSON.stringify({ traceparent }) }));`,
  'SQS, carried in every entry': `${command('SendMessageBatchCommand', 'sqs')}export const f = (a: object) => client.send(new SendMessageBatchCommand({ QueueUrl: 'q', Entries: [{ Id: '1', MessageBody: 'x', MessageAttributes: { traceparent: a } }] }));`,
  'SNS': `${command('PublishCommand', 'sns')}export const f = () => client.send(new PublishCommand({ TopicArn: 't', Message: 'x' })); // ! aws-sns/publish-command lost`,
  'SNS, to a telephone': `${command('PublishCommand', 'sns')}export async function f(to: string) { const input = { PhoneNumber: to, Message: 'x' }; await client.send(new PublishCommand(input)); }`,
  'SNS, in a batch': `${command('PublishBatchCommand', 'sns')}export const f = () => client.send(new PublishBatchCommand({ TopicArn: 't', PublishBatchRequestEntries: [] })); // ! aws-sns/publish-batch-command lost`,
  'EventBridge': `${command('PutEventsCommand', 'eventbridge')}export const f = (entries: any) => client.send(new PutEventsCommand({ Entries: entries })); // ! aws-eventbridge/put-events-command lost`,
  'EventBridge, carried in the detail': `${command('PutEventsCommand', 'eventbridge')}export const f = (traceparent: string) => client.send(new PutEventsCommand({ Entries: [{ Detail: JSON.stringify({ traceparent }) }] }));`,
  'Lambda': `${command('InvokeCommand', 'lambda')}export const f = () => client.send(new InvokeCommand({ FunctionName: 'f', Payload: '{}' })); // ! aws-lambda/invoke-command lost`,
  'Lambda, with a message': `${command('InvokeCommand', 'lambda')} const message = { type: 'index', id: 7 };\nexport const f = () => client.send(new InvokeCommand({ FunctionName: 'f', Payload: JSON.stringify(message) })); // ! aws-lambda/invoke-command lost`,
  'Lambda, kept warm': `${command('InvokeCommand', 'lambda')}export const f = () => client.send(new InvokeCommand({ FunctionName: 'f', Payload: JSON.stringify({ warmup: true }) }));`,
  'Lambda, asked whether it is ready': `${command('InvokeCommand', 'lambda')}export async function f() {\n  const message: { type: string } = { type: 'readiness_check' };\n  const command = new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify(message)) });\n  await client.send(command);\n}`,
  'Lambda, asked for more than whether it is warm': `${command('InvokeCommand', 'lambda')}export const f = (id: string) => client.send(new InvokeCommand({ FunctionName: 'f', Payload: JSON.stringify({ warmup: true, id }) })); // ! aws-lambda/invoke-command lost`,
  'Lambda, carried in the client\'s context': `${command('InvokeCommand', 'lambda')}export const f = (c: string) => client.send(new InvokeCommand({ FunctionName: 'f', ClientContext: c }));`,
  'Step Functions': `${command('StartExecutionCommand', 'sfn')}export const f = () => client.send(new StartExecutionCommand({ stateMachineArn: 'a', input: '{}' })); // ! aws-sfn/start-execution-command lost`,
  'Kinesis': `${command('PutRecordsCommand', 'kinesis')}export const f = () => client.send(new PutRecordsCommand({ StreamName: 's', Records: [] })); // ! aws-kinesis/put-records-command lost`,
  'CommonJS': { 'src/a.cjs': `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');\nconst sqs = new SQSClient({});\nexports.handler = async () => { await sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x' })); }; // ! aws-sqs/send-message-command lost` },
  'a member of version 3': `import { SQS } from '@aws-sdk/client-sqs';\nconst sqs = new SQS({});\nexport const f = () => sqs.sendMessage({ QueueUrl: 'q', MessageBody: 'x' }); // ! aws-sqs/send-message lost`,
  'a member of version 2': `import AWS from 'aws-sdk';\nconst sqs = new AWS.SQS();\nexport const f = () => sqs.sendMessage({ QueueUrl: 'q', MessageBody: 'x' }).promise(); // ! aws-sqs/send-message lost`,
  'a member of version 2, one client': `import SNS from 'aws-sdk/clients/sns';\nconst sns = new SNS();\nexport const f = () => sns.publish({ TopicArn: 't', Message: 'x' }).promise(); // ! aws-sns/publish lost`,
  'at module scope': `${command('SendMessageCommand', 'sqs')}export const warm = new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x' });`,
  'what only manages': `${command('DeleteMessageCommand', 'sqs')}export const f = () => client.send(new DeleteMessageCommand({ QueueUrl: 'q', ReceiptHandle: 'r' }));`,
  'a bucket': `import { PutObjectCommand } from '@aws-sdk/client-s3';\ndeclare const client: any;\nexport const f = () => client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k' }));`,
  'a command of the repo': `class PublishCommand { constructor(readonly x: unknown) {} }\nexport const f = (bus: any) => bus.send(new PublishCommand({ TopicArn: 't' }));`,
});

const sends = { 'src/p.ts': `${command('SendMessageCommand', 'sqs')}export const f = () => client.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x' })); // ! aws-sqs/send-message-command lost` };
const sqsEvent = `import type { SQSEvent, SQSHandler } from 'aws-lambda';\n${work}`;
cases('AWS: handlers', setting, {
  'of a queue that the repo sends to': { ...sends, 'src/c.ts': `${sqsEvent}export const handler: SQSHandler = async (event) => { for (const r of event.Records) await work(r.body); }; // ! aws-lambda/sqs-handler lost` },
  'by the event': { ...sends, 'src/c.ts': `${sqsEvent}export async function handler(event: SQSEvent) { for (const r of event.Records) await work(r.body); } // ! aws-lambda/sqs-handler lost` },
  'of a queue that strangers send to': `${sqsEvent}export const handler: SQSHandler = async (event) => { for (const r of event.Records) await work(r.body); };`,
  'that extracts': { 'src/p.ts': sends['src/p.ts'].replace('lost', 'one-sided'), 'src/c.ts': `${api}${sqsEvent}export const handler: SQSHandler = async (event) => { for (const r of event.Records) await context.with(propagation.extract(context.active(), JSON.parse(r.body)), () => work(r)); };` },
  'that only logs': { ...sends, 'src/c.ts': `${sqsEvent}export const handler: SQSHandler = async (event) => { console.log(event.Records.length); };` },
  'of a topic, where only a queue is sent to': { ...sends, 'src/c.ts': `import type { SNSEvent } from 'aws-lambda';\n${work}export const handler = async (event: SNSEvent) => { await work(event); };` },
  'of a topic': { 'src/p.ts': `${command('PublishCommand', 'sns')}export const f = () => client.send(new PublishCommand({ TopicArn: 't', Message: 'x' })); // ! aws-sns/publish-command lost`, 'src/c.ts': `import type { SNSHandler } from 'aws-lambda';\n${work}export const handler: SNSHandler = async (event) => { await work(event); }; // ! aws-lambda/sns-handler lost` },
  'of a bus': { 'src/p.ts': `${command('PutEventsCommand', 'eventbridge')}export const f = () => client.send(new PutEventsCommand({ Entries: [{ Detail: '{}' }] })); // ! aws-eventbridge/put-events-command lost`, 'src/c.ts': `import type { EventBridgeEvent } from 'aws-lambda';\n${work}export const handler = async (event: EventBridgeEvent<'x', object>) => { await work(event.detail); }; // ! aws-lambda/eventbridge-handler lost` },
  'of a schedule': { 'src/p.ts': `${command('PutEventsCommand', 'eventbridge')}export const f = () => client.send(new PutEventsCommand({ Entries: [{ Detail: '{}' }] })); // ! aws-eventbridge/put-events-command lost`, 'src/c.ts': `import type { ScheduledHandler } from 'aws-lambda';\n${work}export const handler: ScheduledHandler = async () => { await work(1); };` },
  'of requests': { ...sends, 'src/c.ts': `import type { APIGatewayProxyHandler } from 'aws-lambda';\n${work}export const handler: APIGatewayProxyHandler = async (event) => { await work(event.body); return { statusCode: 200, body: '' }; };` },
  'Powertools': { ...sends, 'src/c.ts': `import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';\n${work}const processor = new BatchProcessor(EventType.SQS);\nexport const handler = async (event: any, context: any) => processPartialResponse(event, async (record) => { await work(record); }, processor, { context }); // ! powertools/batch lost` },
  'Powertools, of a queue that strangers send to': `import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';\n${work}const processor = new BatchProcessor(EventType.SQS);\nexport const handler = async (event: any, context: any) => processPartialResponse(event, async (record) => { await work(record); }, processor, { context });`,
  'Powertools, by a function that extracts': `${api}import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';\nimport type { SQSHandler } from 'aws-lambda';\n${work}const processor = new BatchProcessor(EventType.SQS);\nasync function record(r: any) { await context.with(propagation.extract(context.active(), JSON.parse(r.body)), () => work(r)); }\nexport const handler: SQSHandler = async (event) => processPartialResponse(event, record, processor);`,
  'sqs-consumer': `import { Consumer } from 'sqs-consumer';\n${work}const app = Consumer.create({\n  queueUrl: 'q',\n  handleMessage: async (message) => { await work(message); }, // ! sqs-consumer/create lost\n});\napp.start();`,
  'sqs-consumer, that extracts': `${api}import { Consumer } from 'sqs-consumer';\n${work}Consumer.create({ queueUrl: 'q', handleMessage: async (m) => context.with(propagation.extract(context.active(), m.MessageAttributes), () => work(m)) });`,
  'a loop': `import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';\nconst sqs = new SQSClient({});\n${work}export async function poll() {\n  while (true) {\n    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'q' })); // ! aws-sqs/receive-command lost\n    for (const m of Messages ?? []) await work(m);\n  }\n}`,
  'what was received is gone over': `import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';\nconst sqs = new SQSClient({});\n${work}export async function drain() {\n  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'q' })); // ! aws-sqs/receive-command lost\n  for (const m of Messages ?? []) await work(m);\n}`,
  'somebody only looks': `import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';\nimport express from 'express';\nconst sqs = new SQSClient({});\nconst app = express();\napp.get('/peek', async (req, res) => { const r = await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'q' })); res.send(r.Messages); });`,
  'a loop, that extracts': `${api}import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';\nconst sqs = new SQSClient({});\n${work}export async function poll() { while (true) { const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'q' })); for (const m of Messages ?? []) await context.with(propagation.extract(context.active(), m), () => work(m)); } }`,
});
const instrumented = { files: { 'package.json': { ...manifest, dependencies: { ...dependencies, '@opentelemetry/sdk-node': '^0.200.0', '@opentelemetry/instrumentation-aws-sdk': '^0.75.0' } }, 'src/otel.ts': `import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';\nnew NodeSDK({ instrumentations: [new AwsInstrumentation()] }).start();` } };
cases('AWS with its instrumentation registered', instrumented, {
  'SQS, SNS and Lambda are carried': `import { SendMessageCommand } from '@aws-sdk/client-sqs';\nimport { PublishCommand } from '@aws-sdk/client-sns';\nimport { InvokeCommand } from '@aws-sdk/client-lambda';\nexport const f = () => [new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'x' }), new PublishCommand({ TopicArn: 't' }), new InvokeCommand({ FunctionName: 'f' })];`,
  'a batch of SNS is not': `${command('PublishBatchCommand', 'sns')}export const f = () => client.send(new PublishBatchCommand({ TopicArn: 't', PublishBatchRequestEntries: [] })); // ! aws-sns/publish-batch-command lost`,
  'EventBridge is not': `${command('PutEventsCommand', 'eventbridge')}export const f = () => client.send(new PutEventsCommand({ Entries: [] })); // ! aws-eventbridge/put-events-command lost`,
  'Step Functions is not': `${command('StartExecutionCommand', 'sfn')}export const f = () => client.send(new StartExecutionCommand({ stateMachineArn: 'a' })); // ! aws-sfn/start-execution-command lost`,
});

const pubsub = `import { PubSub } from '@google-cloud/pubsub';\nconst pubsub = new PubSub();\n${work}`;
cases('Google Cloud', setting, {
  'a message': `${pubsub}export const f = () => pubsub.topic('mail').publishMessage({ json: { to: 'a' } }); // ! google-pubsub/publish-message lost`,
  'a buffer': `${pubsub}const topic = pubsub.topic('mail');\nexport const f = () => topic.publish(Buffer.from('x')); // ! google-pubsub/publish lost`,
  'a typed topic': `import type { Topic } from '@google-cloud/pubsub';\nexport const f = (topic: Topic) => topic.publishMessage({ json: {} }); // ! google-pubsub/publish-message lost`,
  'carried': `${api}${pubsub}export const f = () => { const attributes = {}; propagation.inject(context.active(), attributes); return pubsub.topic('mail').publishMessage({ json: {}, attributes }); };`,
  'by the library\'s own option': `import { PubSub } from '@google-cloud/pubsub';\nconst pubsub = new PubSub({ enableOpenTelemetryTracing: true });\nexport const f = () => pubsub.topic('mail').publishMessage({ json: {} });`,
  'by the library\'s own option, on the way of a variable': `import { PubSub } from '@google-cloud/pubsub';\nconst pubsub = new PubSub({ enableOpenTelemetryTracing: true });\nconst topic = pubsub.topic('mail');\nexport const f = () => topic.publishMessage({ json: {} });`,
  'a subscription': `${pubsub}pubsub.subscription('mail').on('message', async (m) => { await work(m.data); m.ack(); }); // ! google-pubsub/on-message lost`,
  'a subscription, whatever the option says': `import { PubSub } from '@google-cloud/pubsub';\n${work}new PubSub({ enableOpenTelemetryTracing: true }).subscription('mail').on('message', async (m) => { await work(m.data); }); // ! google-pubsub/on-message lost`,
  'a subscription that extracts': `${api}${pubsub}pubsub.subscription('mail').on('message', (m) => { context.with(propagation.extract(context.active(), m.attributes), () => work(m)); });`,
  'an error of the subscription': `${pubsub}pubsub.subscription('mail').on('error', (e) => { void work(e); });`,
  'what manages topics': `${pubsub}export const f = async () => { await pubsub.createTopic('mail'); await pubsub.topic('mail').createSubscription('s'); };`,
  'a task': `import { CloudTasksClient } from '@google-cloud/tasks';\nconst tasks = new CloudTasksClient();\nexport const f = (parent: string) => tasks.createTask({ parent, task: { httpRequest: { url: 'https://app/run', headers: { 'content-type': 'application/json' } } } }); // ! google-cloud-tasks/create-task lost`,
  'a task, carried': `import { CloudTasksClient } from '@google-cloud/tasks';\nconst tasks = new CloudTasksClient();\nexport const f = (parent: string, traceparent: string) => tasks.createTask({ parent, task: { httpRequest: { url: 'https://app/run', headers: { traceparent } } } });`,
  'a task of the repo': `class Board { createTask(x: unknown) { return x; } }\nconst tasks = new Board();\nexport const f = () => tasks.createTask({ parent: 'p' });`,
});

const bus = `import { ServiceBusClient } from '@azure/service-bus';\nconst client = new ServiceBusClient('c');\n${work}`;
const bus1 = `import { ServiceBusClient } from '@azure/service-bus';\nconst client = ServiceBusClient.createFromConnectionString('c');\n`;
cases('Azure', setting, {
  'Service Bus, sent': `${bus}const sender = client.createSender('mail');\nexport const f = () => sender.sendMessages({ body: 'x' }); // ! service-bus/send-messages lost`,
  'Service Bus, scheduled': `${bus}const sender = client.createSender('mail');\nexport const f = () => sender.scheduleMessages({ body: 'x' }, new Date()); // ! service-bus/schedule-messages lost`,
  'Service Bus, scheduled and carried': `${bus}const sender = client.createSender('mail');\nexport const f = (traceparent: string) => sender.scheduleMessages({ body: 'x', applicationProperties: { traceparent } }, new Date());`,
  'Service Bus, carried': `${bus}const sender = client.createSender('mail');\nexport const f = (traceparent: string) => sender.sendMessages({ body: 'x', applicationProperties: { traceparent } });`,
  'Service Bus, carried in every message': `${bus}const sender = client.createSender('mail');\nexport const f = (traceparent: string) => sender.sendMessages([{ body: 'x', applicationProperties: { traceparent } }]);`,
  'Service Bus, subscribed': `${bus}client.createReceiver('mail').subscribe({\n  processMessage: async (m) => { await work(m.body); }, // ! service-bus/subscribe lost\n  processError: async (e) => { await work(e); },\n});`,
  'Service Bus 1, sent': `${bus1}const sender = client.createQueueClient('mail').createSender();\nexport const f = () => sender.send({ body: 'x' }); // ! service-bus-1/send lost`,
  'Service Bus 1, later': `${bus1}const sender = client.createTopicClient('mail').createSender();\nexport const f = (at: Date) => sender.scheduleMessage(at, { body: 'x' }); // ! service-bus-1/schedule lost`,
  'Service Bus 1, a sender by its type': `import type { Sender } from '@azure/service-bus';\nexport class Mails {\n  constructor(private readonly sender: Sender) {}\n  send(body: string) { return this.sender.send({ body }); } // ! service-bus-1/send lost\n}`,
  'Service Bus 1, sent and carried': `${bus1}const sender = client.createQueueClient('mail').createSender();\nexport const f = (traceparent: string) => sender.send({ body: 'x', userProperties: { traceparent } });`,
  'Service Bus 1, a sender of the repo': `class Sender { send(x: unknown) { return x; } }\nexport const f = (sender: Sender) => sender.send({ body: 'x' });`,
  'Service Bus 1, handled': `${bus1}${work}const receiver = client.createSubscriptionClient('mail', 'me').createReceiver(1);\nreceiver.registerMessageHandler(async (m) => { await work(m.body); }, (e) => { console.error(e); }); // ! service-bus-1/register-message-handler lost`,
  'Service Bus 1, handled and extracted': `${api}${bus1}${work}const receiver = client.createQueueClient('mail').createReceiver(1);\nreceiver.registerMessageHandler(async (m) => { await context.with(propagation.extract(context.active(), m.userProperties), () => work(m.body)); }, () => {});`,
  'Service Bus, iterated': `${bus}const receiver = client.createReceiver('mail');\nfor await (const m of receiver.getMessageIterator()) await work(m); // ! service-bus/messages lost`,
  'Service Bus, received in a loop': `${bus}const receiver = client.createReceiver('mail');\nexport async function poll() { for (;;) { for (const m of await receiver.receiveMessages(10)) await work(m); } } // ! service-bus/receive-messages lost`,
  'Event Hubs': `import { EventHubConsumerClient, EventHubProducerClient } from '@azure/event-hubs';\n${work}const producer = new EventHubProducerClient('c');\nexport const f = () => producer.sendBatch([{ body: 'x' }]); // ! event-hubs/send-batch lost\nnew EventHubConsumerClient('g', 'c').subscribe({\n  processEvents: async (events) => { for (const e of events) await work(e); }, // ! event-hubs/subscribe lost\n});`,
  'Queue Storage': `import { QueueServiceClient } from '@azure/storage-queue';\nconst queue = new QueueServiceClient('u').getQueueClient('mail');\nexport const f = () => queue.sendMessage('x'); // ! azure-storage-queue/send-message lost`,
  'a function that the repo sends to': `${bus}import { app } from '@azure/functions';\nconst sender = client.createSender('mail');\nexport const f = () => sender.sendMessages({ body: 'x' }); // ! service-bus/send-messages lost\napp.serviceBusQueue('mail', {\n  queueName: 'mail',\n  handler: async (m) => { await work(m); }, // ! azure-functions/service-bus lost\n});`,
  'a function that strangers send to': `import { app } from '@azure/functions';\n${work}app.serviceBusQueue('mail', { queueName: 'mail', handler: async (m) => { await work(m); } });`,
  'sendMessage of something else': `import { TelegramBot } from 'elsewhere';\nconst bot = new TelegramBot();\nexport const f = () => bot.sendMessage('chat', 'x');`,
});
cases('Upstash', setting, {
  'published': `import { Client } from '@upstash/qstash';\nconst client = new Client({ token: 't' });\nexport const f = () => client.publishJSON({ url: 'https://app.example/run', body: { a: 1 } }); // ! qstash/publish lost`,
  'with other headers': `import { Client } from '@upstash/qstash';\nconst client = new Client({ token: 't' });\nexport const f = () => client.publishJSON({ url: 'https://app.example/run', headers: { tenant: 'a' } }); // ! qstash/publish lost`,
  'carried': `import { Client } from '@upstash/qstash';\nconst client = new Client({ token: 't' });\nexport const f = (traceparent: string) => client.publishJSON({ url: 'https://app.example/run', headers: { traceparent } });`,
  'a queue of it': `import { Client } from '@upstash/qstash';\nconst client = new Client({ token: 't' });\nexport const f = () => client.queue({ queueName: 'q' }).enqueueJSON({ url: 'https://app.example/run' }); // ! qstash/enqueue lost`,
  'a workflow': `import { Client } from '@upstash/workflow';\nconst client = new Client({ token: 't' });\nexport const f = () => client.trigger({ url: 'https://app.example/flow' }); // ! upstash-workflow/trigger lost`,
});

const nest = `import { SqsMessageHandler, SqsService } from '@ssut/nestjs-sqs';\n${work}`;
cases('AWS: helpers that send', setting, {
  'Step Functions by their name in version 2': `import AWS from 'aws-sdk';\nconst steps = new AWS.StepFunctions();\nexport const f = (input: string) => steps.startExecution({ stateMachineArn: 'a', input }).promise(); // ! aws-sfn/start-execution lost`,
  'Step Functions, by their own module': `import StepFunctions from 'aws-sdk/clients/stepfunctions';\nconst steps = new StepFunctions();\nexport const f = (input: string) => steps.startExecution({ stateMachineArn: 'a', input }).promise(); // ! aws-sfn/start-execution lost`,
  'startExecution of something else': `import { Machine } from './machine.ts';\nexport const f = (input: string) => new Machine().startExecution({ input });`,
  'sqs-producer': `import { Producer } from 'sqs-producer';\nconst producer = Producer.create({ queueUrl: 'q' });\nexport const f = () => producer.send(['a', 'b']); // ! sqs-producer/send lost`,
  'sqs-producer, carried': `import { Producer } from 'sqs-producer';\nconst producer = Producer.create({ queueUrl: 'q' });\nexport const f = (value: string) => producer.send({ id: '1', body: 'x', messageAttributes: { traceparent: { DataType: 'String', StringValue: value } } });`,
  'a producer of one\'s own': `import { Producer } from './producer.ts';\nconst producer = Producer.create({ queueUrl: 'q' });\nexport const f = () => producer.send(['a']);`,
  'Nest, sent': `${nest}export class Mails {\n  constructor(private readonly sqs: SqsService) {}\n  send(to: string) { return this.sqs.send('mail', { id: '1', body: { to } }); } // ! nestjs-sqs/send lost\n}`,
  'Nest, carried': `${nest}export const f = (sqs: SqsService, value: string) => sqs.send('mail', { id: '1', body: 'x', messageAttributes: { traceparent: { DataType: 'String', StringValue: value } } });`,
  'Nest, sent with the carrier as attributes': `${nest}import { context, propagation } from '@opentelemetry/api';\nexport class Mails {\n  constructor(private readonly sqs: SqsService) {}\n  send(to: string) {\n    const carrier: Record<string, string> = {};\n    propagation.inject(context.active(), carrier);\n    const messageAttributes = Object.fromEntries(Object.entries(carrier).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));\n    return this.sqs.send('mail', { id: '1', body: { to }, messageAttributes });\n  }\n}`,
  'Nest, sent with other attributes': `${nest}export class Mails {\n  constructor(private readonly sqs: SqsService) {}\n  send(tags: Record<string, string>) {\n    const messageAttributes = Object.fromEntries(Object.entries(tags).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));\n    return this.sqs.send('mail', { id: '1', body: {}, messageAttributes }); // ! nestjs-sqs/send lost\n  }\n}`,
  'Nest, handled': `${nest}export class Mails {\n  @SqsMessageHandler('mail', false) // ! nestjs-sqs/handler lost\n  async handle(m: unknown) { await work(m); }\n}`,
  'Nest, handled without work': `${nest}export class Mails {\n  @SqsMessageHandler('mail', false)\n  handle(m: unknown) { console.log(m); }\n}`,
});
