/** Who else in the repo names an attribute or a baggage entry: what reads it would find nothing once it is gone or renamed. In an editor, this file only. */
import type { SourceText } from '../../source.ts';
import type { CheckedFile } from './check.ts';
import { sinksOf } from './sinks.ts';

/** All entries, copies of all of them, and the header that they arrive in. */
const readsAll = /\.getAllEntries\s*\(|\bBaggage(?:Span|Log)Processor\b|headers(?:\??\.baggage\b|(?:\?\.)?\[\s*(['"`])baggage\1\s*\])/;

/** Where the entry is read, or where all entries are; nothing where nobody does. */
export function readerOfEntry(file: CheckedFile, key: string): string | undefined {
  for (const { path, text } of having(file, ['getEntry', 'getAllEntries', 'baggage', 'BaggageSpanProcessor', 'BaggageLogProcessor'])) {
    if (!/baggage/i.test(text)) continue;
    const read = readsAll.exec(text) ?? [...text.matchAll(/\.getEntry\s*\(\s*(?:(['"`])([^'"`]*)\1\s*\))?/g)].find(([, , name]) => name === undefined || name === key);
    if (read) return placeOf(file, path, text, read.index);
  }
  return undefined;
}

/** Where a name stands in quotes that is not the name of an attribute which is set there. */
export function readerOfAttribute(file: CheckedFile, key: string): string | undefined {
  const [word = key] = (key.match(/\w+/g) ?? []).sort((a, b) => b.length - a.length);
  const quoted = new RegExp(`(['"\`])${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1`, 'g');
  for (const { path, text, source } of having(file, [word])) {
    const named = [...text.matchAll(quoted)].map(({ index }) => index);
    if (named.length === 0) continue;
    const loaded = source ?? file.neighbours?.load(path);
    const set = new Set(loaded ? sinksOf({ ...file, source: loaded }).flatMap((sink) => sink.entries.filter((entry) => entry.key === key).map(({ place }) => place.getStart(loaded.ast))) : []);
    const read = named.find((index) => !set.has(index));
    if (read !== undefined) return placeOf(file, path, text, read);
  }
  return undefined;
}

function having({ source, neighbours }: CheckedFile, words: readonly string[]): { path: string; text: string; source?: SourceText }[] {
  const paths = new Set(words.flatMap((word) => neighbours?.filesWith?.(word) ?? []));
  paths.delete(source.path);
  return [{ path: source.path, text: source.text, source }, ...[...paths].flatMap((path) => {
    const text = neighbours?.read?.(path);
    return text === undefined ? [] : [{ path, text }];
  })];
}

/** `src/mail.ts:12` */
function placeOf({ source, facts }: CheckedFile, path: string, text: string, index: number): string {
  const root = source.path.endsWith(facts.place) ? source.path.slice(0, -facts.place.length) : '';
  return `${path.startsWith(root) ? path.slice(root.length) : path}:${text.slice(0, index).split('\n').length}`;
}
