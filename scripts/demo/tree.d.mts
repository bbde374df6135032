export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links: Array<{ traceId: string; spanId: string }>;
  name: string;
  kind: number;
  service: string;
  startMs: number;
  status: number;
  /** What an agent's span says of its place. */
  role?: string;
  depth?: number;
}

export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'cyan', text: string) => string;

export function parseSpans(text: string): Span[];
export function joinedTraces(spans: Span[]): Span[][];
export function countTraces(spans: Span[]): number;
export function traces(count: number): string;
export function renderForest(spans: Span[], paint?: Paint): string;
export function missingNames(before: Span[], after: Span[]): string[];
