// https://docs.temporal.io/develop/typescript/observability
import type { BoundaryInput } from '../schema.ts';

const temporal = {
  family: 'queue', library: 'Temporal', package: '@temporalio/client', role: 'producer', rule: 'no-dark-queue', channel: { by: 'name', arg: 1, paths: ['taskQueue'] },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, args: { payload: 1, options: 1 }, recurringOptions: ['cronSchedule'],
  coveredBy: [{ package: '@temporalio/client', side: 'producer', option: 'interceptors', from: '@temporalio/interceptors-opentelemetry' }],
  repair: { refused: 'no-repair', detail: 'pass `OpenTelemetryWorkflowClientInterceptor` of @temporalio/interceptors-opentelemetry to the client, and its counterparts to the worker' },
  farSide: 'the workflow starts a new trace', advice: 'Give the client and the worker the interceptors of @temporalio/interceptors-opentelemetry.',
  upstream: 'https://docs.temporal.io/develop/typescript/observability', evidence: 'proved', proof: 'fixtures/proofs/temporal',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@temporalio/client'];
const start = ['start', 'signalWithStart'];
const wait = ['execute'];

export default [
  { ...temporal, id: 'temporal/workflow-start', coupling: 'detached', match: { modules, exports: ['Client.workflow'], use: 'method', members: start } },
  { ...temporal, id: 'temporal/workflow-execute', coupling: 'awaited', match: { modules, exports: ['Client.workflow'], use: 'method', members: wait } },
  { ...temporal, id: 'temporal/client-start', coupling: 'detached', match: { modules, exports: ['WorkflowClient'], use: 'instance', members: start } },
  { ...temporal, id: 'temporal/client-execute', coupling: 'awaited', match: { modules, exports: ['WorkflowClient'], use: 'instance', members: wait } },
] satisfies BoundaryInput[];
