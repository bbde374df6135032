// https://opentelemetry.io/docs/languages/js/propagation/#custom-context-propagation
// https://open-telemetry.github.io/opentelemetry-js/classes/_opentelemetry_api._opentelemetry_api.PropagationAPI.html
import type { BoundaryInput } from '../schema.ts';

const silent = {
  family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', coupling: 'awaited', rule: 'no-silent-carrier', evidence: 'proved',
  proof: 'fixtures/proofs/silent-carriers', upstream: 'https://opentelemetry.io/docs/languages/js/propagation/',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  repair: { strategy: 'give-carrier-access' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['@opentelemetry/api'];

export default [
  {
    ...silent, id: 'opentelemetry/silent-inject', role: 'producer', match: { modules, exports: ['propagation'], use: 'check', near: ['.inject('] },
    farSide: 'writes into what is no plain object: no context leaves', advice: 'Pass a setter as the third argument.',
  },
  {
    ...silent, id: 'opentelemetry/silent-extract', role: 'consumer', match: { modules, exports: ['propagation'], use: 'check', near: ['.extract('] },
    farSide: 'reads from what is no plain object: no context arrives', advice: 'Pass a getter as the third argument.',
  },
] satisfies BoundaryInput[];
