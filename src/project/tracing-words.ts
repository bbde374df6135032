import { distributions } from './distributions.ts';

const words = [
  'registerInstrumentations', 'AutoInstrumentations', 'NodeSDK', 'TracerProvider', 'Instrumentation\\(', 'opentelemetry/(?:auto-)?instrumentation', 'OTEL_(?:NODE_|DENO)', 'unstable-otel',
  ...new Set(distributions.map((each) => each.package.replace(/^@sentry\/.*/, '@sentry/').replaceAll('.', '\\.'))),
];
const wordPattern = new RegExp(words.join('|'));

/** The cheap test: whether a file's text can say anything of tracing. */
export function mentionsTracing(text: string): boolean {
  return wordPattern.test(text);
}
