// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/
import type { BoundaryInput } from '../schema.ts';

const aws = {
  family: 'queue', rule: 'no-dark-queue', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, role: 'producer', args: { payload: 0 },
} as const satisfies Partial<BoundaryInput>;
const instrumentation = { package: '@opentelemetry/instrumentation-aws-sdk', side: 'producer' } as const;
// A message has ten attributes at most, and three may be added: it adds none where those don't all fit.
// https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/instrumentation-aws-sdk/src/services/MessageAttributes.ts
const withRoom = (...path: string[]): NonNullable<BoundaryInput['coveredBy']> => [{ ...instrumentation, misses: { path: [...path, 'MessageAttributes'], over: 7 } }];
/** An attribute of AWS's own shape. */
const attributes = (...path: string[]): NonNullable<BoundaryInput['slots']> => [
  { in: 'payload', path: [...path, 'MessageAttributes', 'traceparent'], encoding: 'attributes' },
  { in: 'payload', path: [...path, 'MessageSystemAttributes', 'AWSTraceHeader'], encoding: 'attributes' },
];
const docs = (client: string, command: string): string => `https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/${client}/command/${command}/`;
const sqsConsumers = ['aws-lambda/sqs-handler', 'aws-sqs/receive', 'sqs-consumer/create', 'powertools/batch'];

type Operation = Pick<BoundaryInput, 'library' | 'package' | 'coupling' | 'channel' | 'slots' | 'coveredBy' | 'counterparts' | 'repair' | 'farSide' | 'advice' | 'evidence' | 'proof' | 'deadEnds' | 'warmedBy'> & { id: string; service: string; /** Its name in version 2. */ formerly?: string; operation: string };

/** One operation, three ways to write it: a command of version 3, a member of its client, a member of version 2's. */
function written({ id, service, formerly = service, operation, ...rest }: Operation): BoundaryInput[] {
  const client = rest.package!.replace('@aws-sdk/client-', '');
  const base = { ...aws, ...rest, upstream: docs(client, `${operation}Command`) };
  const member = operation.replace(/^./, (c) => c.toLowerCase());
  return [
    { ...base, id: `aws-${id}-command`, match: { modules: [rest.package!], exports: [`${operation}Command`], use: 'construct' } },
    { ...base, id: `aws-${id}`, match: { modules: [rest.package!, 'aws-sdk', `aws-sdk/clients/${formerly.toLowerCase()}`], exports: [...new Set([service, formerly])].flatMap((name) => [name, `default.${name}`]).concat('default', '*'), use: 'instance', members: [member] } },
  ];
}

const sqs = {
  library: 'Amazon SQS', package: '@aws-sdk/client-sqs', service: 'SQS', coupling: 'detached', coveredBy: withRoom(), counterparts: sqsConsumers,
  repair: { strategy: 'carry-in-slot' }, evidence: 'proved',
  farSide: 'the consumer starts a new trace', advice: 'Carry it in `MessageAttributes`.', proof: 'fixtures/proofs/aws-sqs',
} as const satisfies Partial<Operation>;
const sns = {
  ...sqs, library: 'Amazon SNS', package: '@aws-sdk/client-sns', service: 'SNS', counterparts: ['aws-lambda/sns-handler', 'aws-lambda/sqs-handler', 'sqs-consumer/create', 'aws-sqs/receive', 'powertools/batch'],
  farSide: 'the subscriber starts a new trace', proof: 'fixtures/proofs/aws-sns',
} as const satisfies Partial<Operation>;
const inPayload = (what: string): BoundaryInput['repair'] => ({ refused: 'payload-only-slot', detail: `put the carrier into ${what} under a key of its own, and extract it on the far side` });
const name = (...paths: string[]): BoundaryInput['channel'] => ({ by: 'name', paths });

export default [
  ...written({ ...sqs, id: 'sqs/send-message', operation: 'SendMessage', channel: name('QueueUrl'), slots: attributes() }),
  ...written({ ...sqs, id: 'sqs/send-message-batch', operation: 'SendMessageBatch', channel: name('QueueUrl'), slots: attributes('Entries', '*'), coveredBy: withRoom('Entries', '*'), advice: 'Carry it in the `MessageAttributes` of every entry.' }),
  ...written({ ...sns, id: 'sns/publish', operation: 'Publish', channel: name('TopicArn', 'TargetArn'), slots: attributes(), deadEnds: ['PhoneNumber'] }),
  ...written({ ...sns, id: 'sns/publish-batch', operation: 'PublishBatch', channel: name('TopicArn'), slots: attributes('PublishBatchRequestEntries', '*'), coveredBy: [], advice: 'Carry it in the `MessageAttributes` of every entry.' }),
  ...written({
    id: 'eventbridge/put-events', library: 'Amazon EventBridge', package: '@aws-sdk/client-eventbridge', service: 'EventBridge', operation: 'PutEvents', coupling: 'detached', channel: name('Entries.0.DetailType'),
    slots: [{ in: 'payload', path: ['Entries', '*', 'TraceHeader'], encoding: 'object' }], counterparts: ['aws-lambda/eventbridge-handler', 'aws-lambda/sqs-handler'],
    repair: inPayload('`Detail`'), farSide: 'the rule\'s target starts a new trace', advice: 'Carry it in `Detail`.', evidence: 'proved', proof: 'fixtures/proofs/aws-events',
  }),
  ...written({
    id: 'lambda/invoke', library: 'AWS Lambda', package: '@aws-sdk/client-lambda', service: 'Lambda', operation: 'Invoke', coupling: 'awaited', channel: name('FunctionName'), coveredBy: [instrumentation], warmedBy: 'Payload',
    slots: [{ in: 'payload', path: ['ClientContext'], encoding: 'json' }], repair: inPayload('`ClientContext` or `Payload`'), farSide: 'the function starts a new trace', advice: 'Carry it in `ClientContext` or in `Payload`.', evidence: 'proved', proof: 'fixtures/proofs/aws-lambda',
  }),
  ...written({
    id: 'sfn/start-execution', library: 'AWS Step Functions', package: '@aws-sdk/client-sfn', service: 'SFN', formerly: 'StepFunctions', operation: 'StartExecution', coupling: 'detached', channel: name('stateMachineArn'),
    slots: [{ in: 'payload', path: ['traceHeader'], encoding: 'object' }], repair: inPayload('`input`'), farSide: 'the state machine\'s tasks start new traces', advice: 'Carry it in `input`.', evidence: 'proved', proof: 'fixtures/proofs/aws-step-functions',
  }),
  ...written({
    id: 'sfn/start-sync-execution', library: 'AWS Step Functions', package: '@aws-sdk/client-sfn', service: 'SFN', formerly: 'StepFunctions', operation: 'StartSyncExecution', coupling: 'awaited', channel: name('stateMachineArn'),
    slots: [{ in: 'payload', path: ['traceHeader'], encoding: 'object' }], repair: inPayload('`input`'), farSide: 'the state machine\'s tasks start new traces', advice: 'Carry it in `input`.', evidence: 'proved', proof: 'fixtures/proofs/aws-step-functions',
  }),
  ...['PutRecord', 'PutRecords'].flatMap((operation) => written({
    id: operation === 'PutRecord' ? 'kinesis/put-record' : 'kinesis/put-records', library: 'Amazon Kinesis', package: '@aws-sdk/client-kinesis', service: 'Kinesis', operation, coupling: 'detached',
    channel: name('StreamName', 'StreamARN'), counterparts: ['aws-lambda/kinesis-handler'], repair: inPayload('`Data`'), farSide: 'the stream\'s consumer starts a new trace', advice: 'Carry it in `Data`.', evidence: 'proved', proof: 'fixtures/proofs/aws-kinesis',
  })),
] satisfies BoundaryInput[];
