// https://opentelemetry.io/docs/concepts/signals/traces/#span-links
// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#trace-structure
import type { BoundaryInput } from '../schema.ts';

const link = {
  family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', role: 'consumer', coupling: 'detached', rule: 'prefer-span-link', evidence: 'proved',
  proof: 'fixtures/proofs/span-links', upstream: 'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#trace-structure',
  runtimes: { node: 'wrong', browser: 'wrong', 'browser-zone': 'wrong' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['@opentelemetry/api'];

export default [
  {
    ...link, id: 'opentelemetry/child-of-message', match: { modules, exports: ['propagation'], use: 'check', near: ['.extract('], members: ['startSpan', 'startActiveSpan'] },
    farSide: 'makes the span of a message\'s work a child of whoever sent it, and the sender does not wait: a trace that is done grows on for as long as the message waits',
    advice: 'Start a new trace and link it: `links` with the extracted span\'s context.',
    repair: { strategy: 'link-to-message' }, proof: 'fixtures/proofs/span-child-of-message',
  },
  {
    ...link, id: 'opentelemetry/one-parent-for-batch', match: { modules, exports: ['propagation'], use: 'check', near: ['.extract('], members: ['with', 'startSpan', 'startActiveSpan'] },
    farSide: 'takes one message\'s context as the parent of a whole batch: the other messages\' traces end here, and that one gets all the work',
    advice: 'Link the batch\'s span to every message, or start a span for each of them.',
    repair: { refused: 'no-repair', detail: 'a span for each message or links to all of them: which of the two, only its author knows' },
  },
  {
    ...link, id: 'opentelemetry/child-of-past', match: { modules, exports: ['context'], use: 'check', near: ['setInterval', 'schedule', 'scheduleJob', 'CronJob', 'Cron', 'AsyncTask'], members: ['active'] },
    farSide: 'makes every run a child of the span that was active when the schedule was set up: one trace that never ends',
    advice: 'Start a new trace in each run, with a link to the span that set it up if that tells anything.',
    repair: { refused: 'recurring', detail: 'it runs again and again: each run needs a span of its own, and where it starts only its author knows' },
  },
  {
    ...link, id: 'opentelemetry/child-after-response', match: { modules, exports: ['trace'], use: 'check', near: ['setTimeout', 'setImmediate', 'queueMicrotask', 'nextTick'], members: ['startSpan', 'startActiveSpan'] },
    farSide: 'makes work that begins after the response a child of the request: its trace goes on when the caller has long been answered',
    advice: 'Give the span `root: true` and a link to the request\'s span.',
    repair: { refused: 'no-repair', detail: 'whether the request\'s trace should hold it, only its author knows' },
  },
] satisfies BoundaryInput[];
