/** Message brokers: RabbitMQ, Kafka, NATS, MQTT; both sides. */
import { cases } from './harness.ts';

const dependencies = { amqplib: '^0.10.0', 'amqp-connection-manager': '^4.0.0', rascal: '^20.0.0', '@golevelup/nestjs-rabbitmq': '^7.0.0', '@stomp/stompjs': '^7.0.0', kafkajs: '^2.2.0', '@confluentinc/kafka-javascript': '^1.0.0', nats: '^2.29.0', '@nats-io/transport-node': '^3.0.0', '@nats-io/jetstream': '^3.0.0', mqtt: '^5.0.0', '@opentelemetry/api': '^1.9.0' };
const setting = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies } } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const api = `import { context, propagation } from '@opentelemetry/api';\n`;

const amqp = `import amqp from 'amqplib';\n${work}`;
const channel = `${amqp}const connection = await amqp.connect('amqp://mq');\nconst channel = await connection.createChannel();\n`;
cases('amqplib: publishing', setting, {
  'to a queue': `${channel}export const f = () => channel.sendToQueue('mail', Buffer.from('x')); // ! amqplib/send-to-queue lost`,
  'to an exchange': `${channel}export const f = () => channel.publish('events', 'mail.sent', Buffer.from('x')); // ! amqplib/publish lost`,
  'with other headers': `${channel}export const f = () => channel.publish('events', 'mail.sent', Buffer.from('x'), { headers: { tenant: 'a' } }); // ! amqplib/publish lost`,
  'on a confirm channel': `${amqp}export async function f() { const c = await amqp.connect('x'); const ch = await c.createConfirmChannel(); ch.sendToQueue('mail', Buffer.from('x')); } // ! amqplib/send-to-queue lost`,
  'on a typed channel': `import type { Channel } from 'amqplib';\nexport class Publisher {\n  constructor(private channel: Channel) {}\n  send() { this.channel.sendToQueue('mail', Buffer.from('x')); } // ! amqplib/send-to-queue lost\n}`,
  'on a channel of a qualified type': `import * as amqp from 'amqplib';\nexport const f = (channel: amqp.ConfirmChannel) => channel.sendToQueue('mail', Buffer.from('x')); // ! amqplib/send-to-queue lost`,
  'on a field that a method sets': `${amqp}export class Bus {\n  channel: any;\n  async open() { const c = await amqp.connect('x'); this.channel = await c.createChannel(); }\n  send() { this.channel.sendToQueue('mail', Buffer.from('x')); } // ! amqplib/send-to-queue lost\n}`,
  'with callbacks': `import amqp from 'amqplib/callback_api';\nexport const f = () => amqp.connect('amqp://mq', (e, connection) => connection.createChannel((e2, ch) => { ch.sendToQueue('mail', Buffer.from('x')); })); // ! amqplib/send-to-queue lost`,
  'CommonJS': { 'src/a.cjs': `const amqp = require('amqplib');\nexports.f = async () => { const c = await amqp.connect('x'); const ch = await c.createChannel(); ch.publish('e', 'k', Buffer.from('x')); }; // ! amqplib/publish lost` },
  'through amqp-connection-manager': `import { connect } from 'amqp-connection-manager';\nconst wrapper = connect(['amqp://mq']).createChannel({ json: true });\nexport const f = () => wrapper.sendToQueue('mail', { to: 'a' }); // ! amqplib/send-to-queue lost`,
  'carried': `${api}${channel}export const f = () => { const headers = {}; propagation.inject(context.active(), headers); channel.publish('events', 'k', Buffer.from('x'), { headers }); };`,
  'carried by hand': `${channel}export const f = (traceparent: string) => channel.sendToQueue('mail', Buffer.from('x'), { headers: { traceparent } });`,
  'a reply': `${channel}await channel.consume('rpc', (msg) => { channel.sendToQueue(msg!.properties.replyTo, Buffer.from('ok'), { correlationId: msg!.properties.correlationId }); }); // ! amqplib/consume lost`,
  'what sets the broker up': `${channel}export const f = async () => { await channel.assertQueue('mail'); await channel.bindQueue('mail', 'events', '#'); await channel.prefetch(1); };`,
  'a document that is published': `declare const document: { publish(a: string, b: string, c: Buffer): void };\nexport const f = () => document.publish('a', 'b', Buffer.from('x'));`,
  'an emitter of the repo': `class Bus { publish(...x: unknown[]) { return x; } }\nconst channel = new Bus();\nexport const f = () => channel.publish('events', 'k', Buffer.from('x'));`,
});
cases('amqplib: consuming', setting, {
  'a handler': `${channel}await channel.consume('mail', async (msg) => { await work(msg!.content); channel.ack(msg!); }); // ! amqplib/consume lost`,
  'a handler by name': `${channel}await channel.consume('mail', work); // ! amqplib/consume lost`,
  'in a setup function': `import { connect } from 'amqp-connection-manager';\n${work}connect(['x']).createChannel({ setup: async (ch) => { await ch.consume('mail', work); } }); // ! amqplib/consume lost`,
  'fetched in a loop': `${channel}export async function poll() { for (;;) { const msg = await channel.get('mail'); await work(msg); } } // ! amqplib/get lost`,
  'fetched once': `${channel}export const peek = () => channel.get('mail');`,
  'that extracts': `${api}${channel}await channel.consume('mail', async (msg) => { await context.with(propagation.extract(context.active(), msg!.properties.headers), () => work(msg)); });`,
  'that only acknowledges': `${channel}await channel.consume('mail', (msg) => { console.log(msg); channel.ack(msg!); });`,
  'that settles a promise': `${channel}export const f = () => new Promise((resolve) => { void channel.consume('reply', resolve); });`,
  'consume of something else': `import { SourceMapConsumer } from 'source-map';\n${work}const c = new SourceMapConsumer({} as any);\nexport const f = () => (c as any).consume('mail', work);`,
});
const instrumented = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { ...dependencies, '@opentelemetry/sdk-node': '^0.200.0', '@opentelemetry/instrumentation-amqplib': '^0.70.0', '@opentelemetry/instrumentation-kafkajs': '^0.32.0' } }, 'src/otel.ts': `import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib';\nimport { KafkaJsInstrumentation } from '@opentelemetry/instrumentation-kafkajs';\nnew NodeSDK({ instrumentations: [new AmqplibInstrumentation(), new KafkaJsInstrumentation()] }).start();` } };
cases('brokers with their instrumentation registered', instrumented, {
  'amqplib': `${channel}export const f = () => channel.sendToQueue('mail', Buffer.from('x'));\nawait channel.consume('mail', work);`,
  'amqplib, fetched by hand: not covered': `${channel}export async function poll() { for (;;) { const msg = await channel.get('mail'); await work(msg); } } // ! amqplib/get lost`,
  'KafkaJS': `import { Kafka } from 'kafkajs';\n${work}const kafka = new Kafka({ brokers: [] });\nconst producer = kafka.producer();\nexport const f = () => producer.send({ topic: 'mail', messages: [{ value: 'x' }] });\nawait kafka.consumer({ groupId: 'g' }).run({ eachMessage: work });`,
  'Confluent\'s client: not covered': `import { KafkaJS } from '@confluentinc/kafka-javascript';\nconst producer = new KafkaJS.Kafka().producer();\nexport const f = () => producer.send({ topic: 'mail', messages: [{ value: 'x' }] }); // ! confluent-kafka/send lost`,
  'NATS: there is none': `import { connect } from 'nats';\nconst nc = await connect();\nexport const f = () => nc.publish('mail', 'x'); // ! nats/publish lost`,
});

const rascal = `import { BrokerAsPromised } from 'rascal';\n${work}const broker = await BrokerAsPromised.create({});\n`;
cases('Rascal', setting, {
  'published': `${rascal}export const f = () => broker.publish('mail', { to: 'a' }); // ! rascal/publish lost`,
  'carried': `${rascal}export const f = (traceparent: string) => broker.publish('mail', { to: 'a' }, { options: { headers: { traceparent } } });`,
  'subscribed': `${rascal}const subscription = await broker.subscribe('mail');\nsubscription.on('message', async (message, content, ack) => { await work(content); ack(); }); // ! rascal/on-message lost`,
  'an error of the subscription': `${rascal}const subscription = await broker.subscribe('mail');\nsubscription.on('error', (error) => { void work(error); });`,
});

const kafka = `import { Kafka } from 'kafkajs';\n${work}const kafka = new Kafka({ brokers: ['k:9092'] });\nconst producer = kafka.producer();\nconst consumer = kafka.consumer({ groupId: 'g' });\n`;
cases('KafkaJS: producing', setting, {
  'messages': `${kafka}export const f = () => producer.send({ topic: 'mail', messages: [{ value: 'x' }] }); // ! kafkajs/send lost`,
  'with other headers': `${kafka}export const f = () => producer.send({ topic: 'mail', messages: [{ value: 'x', headers: { tenant: 'a' } }] }); // ! kafkajs/send lost`,
  'in batches': `${kafka}export const f = () => producer.sendBatch({ topicMessages: [{ topic: 'mail', messages: [{ value: 'x' }] }] }); // ! kafkajs/send-batch lost`,
  'in a transaction': `${kafka}export async function f() { const t = await producer.transaction(); await t.send({ topic: 'mail', messages: [{ value: 'x' }] }); } // ! kafkajs/send lost`,
  'a typed field': `import type { Producer } from 'kafkajs';\nexport class Events {\n  private producer!: Producer;\n  emit() { return this.producer.send({ topic: 'mail', messages: [{ value: 'x' }] }); } // ! kafkajs/send lost\n}`,
  'messages that are made of a list': `${kafka}export const f = (items: string[]) => producer.send({ topic: 'mail', messages: items.map((value) => ({ value })) }); // ! kafkajs/send lost`,
  'carried in every message': `${kafka}export const f = (traceparent: string) => producer.send({ topic: 'mail', messages: [{ value: 'x', headers: { traceparent } }] });`,
  'carried in messages that are made of a list': `${api}${kafka}export const f = (items: string[]) => { const headers = {}; propagation.inject(context.active(), headers); return producer.send({ topic: 'mail', messages: items.map((value) => ({ value, headers })) }); };`,
  'carried in one of two': `${kafka}export const f = (traceparent: string) => producer.send({ topic: 'mail', messages: [{ value: 'x', headers: { traceparent } }, { value: 'y' }] }); // ! kafkajs/send lost`,
  'connecting': `${kafka}export const f = async () => { await producer.connect(); await producer.disconnect(); };`,
  'send of something else': `import { Mailer } from 'elsewhere';\nconst producer = new Mailer();\nexport const f = () => producer.send({ topic: 'mail', messages: [] });`,
});
cases('KafkaJS: consuming', setting, {
  'each message': `${kafka}await consumer.run({\n  eachMessage: async ({ message }) => { await work(message); }, // ! kafkajs/run lost\n});`,
  'each batch': `${kafka}await consumer.run({\n  eachBatch: async ({ batch }) => { await work(batch); }, // ! kafkajs/run lost\n});`,
  'a method': `${kafka}await consumer.run({\n  async eachMessage({ message }) { await work(message); }, // ! kafkajs/run lost\n});`,
  'a bound method': `${kafka}export class C {\n  async start() {\n    await consumer.run({\n      eachMessage: this.handle.bind(this), // ! kafkajs/run lost\n    });\n  }\n  async handle(x: unknown) { await work(x); }\n}`,
  'that extracts': `${api}${kafka}await consumer.run({ eachMessage: async ({ message }) => { const carrier = Object.fromEntries(Object.entries(message.headers ?? {}).map(([k, v]) => [k, String(v)])); await context.with(propagation.extract(context.active(), carrier), () => work(message)); } });`,
  'that only logs': `${kafka}await consumer.run({ eachMessage: async ({ topic }) => { console.log(topic); } });`,
  'subscribing': `${kafka}await consumer.subscribe({ topic: 'mail' });`,
  'Confluent\'s client': `import { KafkaJS } from '@confluentinc/kafka-javascript';\n${work}const consumer = new KafkaJS.Kafka().consumer();\nawait consumer.run({\n  eachMessage: work, // ! confluent-kafka/run lost\n});`,
  'node-rdkafka': `import { KafkaConsumer, Producer } from 'node-rdkafka';\n${work}const consumer = new KafkaConsumer({}, {});\nconsumer.on('data', (m) => { void work(m); }); // ! node-rdkafka/on-data lost\nconst producer = new Producer({});\nexport const f = () => producer.produce('mail', null, Buffer.from('x')); // ! node-rdkafka/produce lost`,
  'run of something else': `import { Runner } from 'elsewhere';\n${work}await new Runner().run({ eachMessage: work });`,
});

const nats = `import { connect, StringCodec } from 'nats';\n${work}const nc = await connect({ servers: 'nats' });\nconst sc = StringCodec();\n`;
cases('NATS', setting, {
  'published': `${nats}export const f = () => nc.publish('mail', sc.encode('x')); // ! nats/publish lost`,
  'requested': `${nats}export const f = () => nc.request('mail', sc.encode('x'), { timeout: 1000 }); // ! nats/request lost`,
  'a typed connection': `import type { NatsConnection } from 'nats';\nexport class Bus {\n  constructor(private readonly nc: NatsConnection) {}\n  emit() { this.nc.publish('mail', 'x'); } // ! nats/publish lost\n}`,
  'version 3': `import { connect } from '@nats-io/transport-node';\nconst nc = await connect();\nexport const f = () => nc.publish('mail', 'x'); // ! nats/publish lost`,
  'carried': `import { headers } from 'nats';\n${nats}export const f = (tp: string) => { const h = headers(); h.set('traceparent', tp); nc.publish('mail', sc.encode('x'), { headers: h }); };`,
  'with other headers': `import { headers } from 'nats';\n${nats}export const f = (id: string) => { const h = headers(); h.set('x-request', id); nc.publish('mail', sc.encode('x'), { headers: h }); }; // ! nats/publish lost`,
  'carried, copied from a plain object': `${api}import { headers } from 'nats';\n${nats}export const f = () => { const h = headers(); const carrier = {}; propagation.inject(context.active(), carrier); for (const [key, value] of Object.entries(carrier)) h.set(key, String(value)); nc.publish('mail', sc.encode('x'), { headers: h }); };`,
  'other headers, copied from a plain object': `import { headers } from 'nats';\n${nats}export const f = (given: object) => { const h = headers(); for (const [key, value] of Object.entries(given)) h.set(key, String(value)); nc.publish('mail', sc.encode('x'), { headers: h }); }; // ! nats/publish lost`,
  'a reply': `${nats}export const f = (msg: any) => nc.publish(msg.reply, sc.encode('x'));`,
  'a callback': `${nats}nc.subscribe('mail', {\n  callback: (err, msg) => { void work(msg); }, // ! nats/subscribe lost\n});`,
  'a callback that does nothing': `${nats}nc.subscribe('mail', { callback: (err, msg) => { console.log(msg); } });`,
  'a loop': `${nats}const sub = nc.subscribe('mail'); // ! nats/subscription lost\nfor await (const msg of sub) await work(msg);`,
  'a loop in a function': `${nats}const sub = nc.subscribe('mail'); // ! nats/subscription lost\nvoid (async () => { for await (const msg of sub) { await work(msg); } })();`,
  'a loop over a typed subscription': `import type { Subscription } from 'nats';\n${work}export async function drain(sub: Subscription) {\n  for await (const msg of sub) { // ! nats/subscription lost\n    await work(msg);\n  }\n}`,
  'a loop that extracts': `${api}${nats}const sub = nc.subscribe('mail');\nfor await (const msg of sub) { const c: Record<string, string> = {}; for (const k of msg.headers?.keys() ?? []) c[k] = msg.headers!.get(k); await context.with(propagation.extract(context.active(), c), () => work(msg)); }`,
  'a loop that only logs': `${nats}const sub = nc.subscribe('mail');\nfor await (const msg of sub) console.log(sc.decode(msg.data));`,
  'a loop over something else': `import { readdir } from 'elsewhere';\n${work}for await (const x of readdir('mail')) await work(x);`,
  'an Observable': `import { Subject } from 'rxjs';\n${work}const nc = new Subject();\nexport const f = () => nc.subscribe((x) => { void work(x); });`,
});
cases('NATS JetStream', setting, {
  'published, version 2': `${nats}const js = nc.jetstream();\nexport const f = () => js.publish('mail', sc.encode('x')); // ! nats/jetstream-publish lost`,
  'published, version 3': `import { connect } from '@nats-io/transport-node';\nimport { jetstream } from '@nats-io/jetstream';\nconst js = jetstream(await connect());\nexport const f = () => js.publish('mail', 'x'); // ! nats/jetstream-publish lost`,
  'a typed client': `import type { JetStreamClient } from '@nats-io/jetstream';\nexport const f = (js: JetStreamClient) => js.publish('mail', 'x'); // ! nats/jetstream-publish lost`,
  'consumed in a loop': `${nats}const js = nc.jetstream();\nconst consumer = await js.consumers.get('MAIL', 'worker');\nconst messages = await consumer.consume(); // ! nats/jetstream-messages lost\nfor await (const m of messages) { await work(m); m.ack(); }`,
  'consumed by a callback': `${nats}const js = nc.jetstream();\nconst consumer = await js.consumers.get('MAIL', 'worker');\nawait consumer.consume({\n  callback: async (m) => { await work(m); m.ack(); }, // ! nats/jetstream-consume lost\n});`,
  'a key-value store': `${nats}const js = nc.jetstream();\nexport const f = async () => { const kv = await js.views.kv('settings'); await kv.put('a', 'x'); };`,
});

const mqtt = `import mqtt from 'mqtt';\n${work}const client = mqtt.connect('mqtt://broker', { protocolVersion: 5 });\n`;
cases('MQTT', setting, {
  'published': `${mqtt}export const f = () => client.publish('mail', JSON.stringify({ to: 'a' })); // ! mqtt/publish lost`,
  'published, awaited': `${mqtt}export const f = () => client.publishAsync('mail', 'x', { qos: 1 }); // ! mqtt/publish lost`,
  'a typed client': `import type { MqttClient } from 'mqtt';\nexport const f = (client: MqttClient) => client.publish('mail', 'x'); // ! mqtt/publish lost`,
  'carried in user properties': `${mqtt}export const f = (traceparent: string) => client.publish('mail', 'x', { properties: { userProperties: { traceparent } } });`,
  'carried in the message': `${mqtt}export const f = (traceparent: string) => client.publish('mail', JSON.stringify({ to: 'a', traceparent }));`,
  'a listener': `${mqtt}client.on('message', async (topic, payload) => { await work(payload); }); // ! mqtt/on-message lost`,
  'a listener that extracts': `${api}${mqtt}client.on('message', (topic, payload, packet) => { context.with(propagation.extract(context.active(), packet.properties?.userProperties), () => work(payload)); });`,
  'a listener that only logs': `${mqtt}client.on('message', (topic) => { console.log(topic); });`,
  'another event': `${mqtt}client.on('connect', () => { void work(1); });`,
  'subscribing': `${mqtt}export const f = () => client.subscribe('mail');`,
  'message of something else': `import { EventEmitter } from 'node:events';\nimport { open } from 'elsewhere';\nconst client = open();\nclient.on('message', async (x: unknown) => { await fetch('https://example.com', { method: 'POST', body: String(x) }); });\nvoid EventEmitter;`,
});

const golevelup = `import { AmqpConnection, RabbitRPC, RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';\n${work}`;
cases('@golevelup/nestjs-rabbitmq', setting, {
  'published by what is injected': `${golevelup}export class Mails {\n  constructor(private readonly amqp: AmqpConnection) {}\n  send(to: string) { return this.amqp.publish('mail', 'mail.sent', { to }); } // ! golevelup-rabbitmq/publish lost\n}`,
  'with headers of its own': `${golevelup}export const f = (amqp: AmqpConnection) => amqp.publish('mail', 'mail.sent', {}, { headers: { tenant: 'a' } }); // ! golevelup-rabbitmq/publish lost`,
  'carried': `${golevelup}export const f = (amqp: AmqpConnection, traceparent: string) => amqp.publish('mail', 'mail.sent', {}, { headers: { traceparent } });`,
  'requested': `${golevelup}export const f = (amqp: AmqpConnection) => amqp.request({ exchange: 'mail', routingKey: 'mail.find', payload: {} }); // ! golevelup-rabbitmq/request lost`,
  'requested, carried': `${golevelup}export const f = (amqp: AmqpConnection, traceparent: string) => amqp.request({ exchange: 'mail', routingKey: 'mail.find', headers: { traceparent } });`,
  'handled': `${golevelup}export class Mails {\n  @RabbitSubscribe({ exchange: 'mail', routingKey: 'mail.sent', queue: 'q' }) // ! golevelup-rabbitmq/subscribe lost\n  async sent(m: unknown) { await work(m); }\n  @RabbitRPC({ exchange: 'mail', routingKey: 'mail.find', queue: 'r' }) // ! golevelup-rabbitmq/rpc lost\n  async find(m: unknown) { await work(m); return 1; }\n}`,
  'handled without work': `${golevelup}export class Mails {\n  @RabbitSubscribe({ exchange: 'mail', routingKey: 'mail.sent', queue: 'q' })\n  sent(m: unknown) { console.log(m); }\n}`,
  'handled, extracted': `${api}${golevelup}export class Mails {\n  @RabbitSubscribe({ exchange: 'mail', routingKey: 'mail.sent', queue: 'q' })\n  sent(m: unknown, raw: unknown, headers: object) { return context.with(propagation.extract(context.active(), headers), () => work(m)); }\n}`,
  'a connection of one\'s own': `import { AmqpConnection } from './amqp.ts';\nexport const f = (amqp: AmqpConnection) => amqp.publish('mail', 'mail.sent', {});`,
});

const stomp = `import { Client } from '@stomp/stompjs';\nconst client = new Client({ brokerURL: 'ws://mq' });\n${work}`;
cases('STOMP', setting, {
  'published': `${stomp}export const f = () => client.publish({ destination: '/queue/mail', body: 'x' }); // ! stomp/publish lost`,
  'carried': `${stomp}export const f = (traceparent: string) => client.publish({ destination: '/queue/mail', body: 'x', headers: { traceparent } });`,
  'subscribed': `${stomp}export const f = () => client.subscribe('/queue/mail', async (m) => { await work(m.body); }); // ! stomp/subscribe lost`,
  'subscribed, only logged': `${stomp}export const f = () => client.subscribe('/queue/mail', (m) => { console.log(m.body); });`,
  'subscribed, extracted': `${api}${stomp}export const f = () => client.subscribe('/queue/mail', (m) => context.with(propagation.extract(context.active(), m.headers), () => work(m.body)));`,
  'a page without a tracer': { 'package.json': { name: 'page', dependencies: { '@stomp/stompjs': '^7.0.0', '@angular/core': '^20.0.0' } }, 'src/a.ts': `import { Client } from '@stomp/stompjs';\nconst client = new Client({ brokerURL: 'ws://mq' });\nexport const f = () => client.publish({ destination: '/queue/mail', body: 'x' });` },
});
