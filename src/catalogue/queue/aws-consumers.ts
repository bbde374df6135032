// https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
import type { BoundaryInput } from '../schema.ts';

// What invokes a function stands in the infrastructure's description, not in its code: a handler is judged where the
// repository sends to that service at all, for else its events come from AWS or from strangers.
const lambda = {
  family: 'queue', library: 'AWS Lambda', package: '@types/aws-lambda', role: 'consumer', coupling: 'detached', rule: 'no-dark-queue', needsPeer: true,
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'measured row aws.lambda.handler: its instrumentation joins none of these by default',
  upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/typescript-handler.html',
} as const satisfies Partial<BoundaryInput>;
const modules = ['aws-lambda'];
const proved = { evidence: 'proved', proof: 'fixtures/proofs/aws-lambda-handlers' } as const;
const both = (id: string): string[] => [`aws-${id}`, `aws-${id}-command`];
const sqs = [...both('sqs/send-message'), ...both('sqs/send-message-batch')];
const sns = [...both('sns/publish'), ...both('sns/publish-batch')];
const events = both('eventbridge/put-events');
const fromAttributes = (where: string): BoundaryInput['repair'] => ({ refused: 'no-repair', detail: `extract from ${where} of each record, and work on the record in that context` });
const queue = {
  ...lambda, library: 'Amazon SQS', counterparts: [...sqs, ...sns, ...events, 'sqs-producer/send'], repair: fromAttributes('`messageAttributes`'), farSide: 'every message starts a new trace', advice: 'Extract the carrier from `MessageAttributes`.',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...queue, ...proved, id: 'aws-lambda/sqs-handler', match: { modules, exports: ['SQSHandler', 'SQSBatchHandler', 'SQSEvent'], use: 'annotated' }, upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html' },
  {
    ...lambda, ...proved, id: 'aws-lambda/sns-handler', counterparts: sns, match: { modules, exports: ['SNSHandler', 'SNSEvent'], use: 'annotated' },
    repair: fromAttributes('`Sns.MessageAttributes`'), farSide: 'every message starts a new trace', advice: 'Extract the carrier from `Sns.MessageAttributes`.', upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
  },
  {
    ...lambda, ...proved, id: 'aws-lambda/eventbridge-handler', counterparts: events, match: { modules, exports: ['EventBridgeHandler', 'EventBridgeEvent'], use: 'annotated' },
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into `event.detail`, and run the handler in it' }, farSide: 'every event starts a new trace', advice: 'Extract the carrier from `event.detail`.',
    upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchevents.html',
  },
  {
    ...lambda, evidence: 'proved', proof: 'fixtures/proofs/aws-kinesis', id: 'aws-lambda/kinesis-handler', counterparts: [...both('kinesis/put-record'), ...both('kinesis/put-records')], match: { modules, exports: ['KinesisStreamHandler', 'KinesisStreamEvent'], use: 'annotated' },
    repair: fromAttributes('the decoded `kinesis.data`'), farSide: 'every record starts a new trace', advice: 'Extract the carrier from each record\'s data.', upstream: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html',
  },
  {
    ...queue, evidence: 'proved', proof: 'fixtures/proofs/powertools-batch', id: 'powertools/batch', library: 'Powertools for AWS Lambda', package: '@aws-lambda-powertools/batch',
    match: { modules: ['@aws-lambda-powertools/batch'], exports: ['processPartialResponse', 'processPartialResponseSync'], use: 'call' }, args: { callback: 1 }, upstream: 'https://docs.powertools.aws.dev/lambda/typescript/latest/features/batch/',
  },
  {
    ...queue, id: 'sqs-consumer/create', library: 'sqs-consumer', package: 'sqs-consumer', needsPeer: false, match: { modules: ['sqs-consumer'], exports: ['Consumer', 'default'], use: 'method', members: ['create'] },
    args: { callback: 0, handlers: ['handleMessage', 'handleMessageBatch'] }, slots: [{ in: 'message', path: ['MessageAttributes'], encoding: 'attributes', handlers: ['handleMessage'] }], system: 'aws_sqs',
    repair: { strategy: 'extract-in-sqs-consumer' }, evidence: 'proved', proof: 'fixtures/proofs/aws-sqs', channel: { by: 'name', paths: ['queueUrl'] }, upstream: 'https://github.com/bbc/sqs-consumer#readme',
  },
  {
    ...queue, id: 'aws-sqs/receive-command', package: '@aws-sdk/client-sqs', needsPeer: false, polled: true, evidence: 'proved', proof: 'fixtures/proofs/aws-sqs-receive', match: { modules: ['@aws-sdk/client-sqs'], exports: ['ReceiveMessageCommand'], use: 'construct' },
    channel: { by: 'name', paths: ['QueueUrl'] }, upstream: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/sqs/command/ReceiveMessageCommand/',
  },
  {
    ...queue, id: 'aws-sqs/receive', package: '@aws-sdk/client-sqs', needsPeer: false, polled: true, evidence: 'proved', proof: 'fixtures/proofs/aws-sqs-receive',
    match: { modules: ['@aws-sdk/client-sqs', 'aws-sdk', 'aws-sdk/clients/sqs'], exports: ['SQS', 'default.SQS', 'default', '*'], use: 'instance', members: ['receiveMessage'] },
    channel: { by: 'name', paths: ['QueueUrl'] }, upstream: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/sqs/command/ReceiveMessageCommand/',
  },
] satisfies BoundaryInput[];
