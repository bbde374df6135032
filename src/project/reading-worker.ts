/** A thread of the first pass: takes files from the end, as the main thread does from the beginning. */
import { workerData } from 'node:worker_threads';
import type { Boundary } from '../catalogue/schema.ts';
import { vocabularyAt } from '../catalogue/scanner.ts';
import { Words } from '../catalogue/words.ts';
import { lookAt, reasonOf } from './look.ts';
import { Claims, type Assignment, type Reported } from './reading-shared.ts';

/** Characters of text in one report. */
const BATCH = 500_000;
/** Characters of texts without a word of the catalogue that are sent along: more would be in memory twice. */
let room = 30_000_000;

const { paths, matches, vocabularies, claims: shared, port } = workerData as Assignment;
const claims = new Claims(shared);
const boundaries = matches.map((match) => ({ match }) as Boundary);
const places = new Map(boundaries.map((boundary, at) => [boundary, at]));
const words = new Words(boundaries);

let batch: Reported[] = [];
let held = 0;

function send(): void {
  port.postMessage(batch);
  claims.report();
  batch = [];
  held = 0;
}

function look(index: number): Reported['outcome'] {
  try {
    const { text, lines, minified, tracing, boundaries: found, modules, any } = lookAt(paths[index]!, words, vocabularyAt(vocabularies, index));
    held += text.length;
    if (!any) room -= text.length;
    return { ...(any || room > 0 ? { text } : {}), lines, minified, tracing, boundaries: found.map((boundary) => places.get(boundary)!), modules, any };
  } catch (error) {
    return { unreadable: reasonOf(error) };
  }
}

for (let index = paths.length - 1; index >= 0; index--) {
  if (!claims.take(index)) continue;
  batch.push({ index, outcome: look(index) });
  if (held >= BATCH) send();
}
send();
