// https://cloud.google.com/pubsub/docs/publisher
import type { BoundaryInput } from '../schema.ts';

const google = {
  family: 'queue', coupling: 'detached', rule: 'no-dark-queue', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved',
} as const satisfies Partial<BoundaryInput>;
const pubsub = { ...google, library: 'Google Cloud Pub/Sub', package: '@google-cloud/pubsub', proof: 'fixtures/proofs/google-pubsub' } as const satisfies Partial<BoundaryInput>;
const modules = ['@google-cloud/pubsub'];
const topics = ['Topic', 'PubSub.topic', 'v1.PublisherClient'];
const subscriptions = ['Subscription', 'PubSub.subscription', 'PubSub.topic.subscription', 'Topic.subscription'];

const producer = {
  ...pubsub, role: 'producer', counterparts: ['google-pubsub/on-message'], channel: { by: 'name', at: 'receiver' },
  coveredBy: [{ package: '@google-cloud/pubsub', side: 'producer', option: 'enableOpenTelemetryTracing' }],
  repair: { refused: 'no-repair', detail: 'inject into the message\'s `attributes`, and extract from `message.attributes`' },
  farSide: 'the subscriber starts a new trace', advice: 'Carry it in `attributes`.', upstream: 'https://cloud.google.com/pubsub/docs/publisher',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...producer, id: 'google-pubsub/publish-message', match: { modules, exports: topics, use: 'instance', members: ['publishMessage'] }, args: { payload: 0 }, slots: [{ in: 'payload', path: ['attributes', 'traceparent'], encoding: 'object' }] },
  { ...producer, id: 'google-pubsub/publish', match: { modules, exports: topics, use: 'instance', members: ['publish', 'publishJSON'] }, args: { payload: 0, options: 1 }, slots: [{ in: 'options', path: ['traceparent'], encoding: 'object' }] },
  {
    // The library's own option makes spans of its own around the handler, which runs with no active span: it covers nothing here.
    ...pubsub, id: 'google-pubsub/on-message', role: 'consumer', counterparts: ['google-pubsub/publish-message', 'google-pubsub/publish'], channel: { by: 'name', at: 'receiver' },
    match: { modules, exports: subscriptions, use: 'instance', members: ['on', 'addListener'], event: ['message'] }, args: { callback: 1 },
    repair: { refused: 'no-repair', detail: 'extract from `message.attributes` (the library\'s own key is `googclient_traceparent`) and run the handler in that context' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `message.attributes`.', upstream: 'https://cloud.google.com/pubsub/docs/pull',
  },
  {
    ...google, id: 'google-cloud-tasks/create-task', library: 'Google Cloud Tasks', package: '@google-cloud/tasks', role: 'producer',
    match: { modules: ['@google-cloud/tasks'], exports: ['CloudTasksClient', 'v2.CloudTasksClient', 'v2beta3.CloudTasksClient', 'default.CloudTasksClient', 'default.v2.CloudTasksClient'], use: 'instance', members: ['createTask'] },
    args: { payload: 0 }, channel: { by: 'name', paths: ['parent'] }, slots: [{ in: 'payload', path: ['task', 'httpRequest', 'headers', 'traceparent'], encoding: 'headers' }],
    repair: { refused: 'no-repair', detail: 'inject into `task.httpRequest.headers`: they are sent with the request' },
    farSide: 'the request that the queue makes starts a new trace', advice: 'Carry it in `task.httpRequest.headers`.', upstream: 'https://cloud.google.com/tasks/docs/creating-http-target-tasks', proof: 'fixtures/proofs/google-cloud-tasks',
  },
] satisfies BoundaryInput[];
