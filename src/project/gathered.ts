/** What the first pass over the repo's files comes to: which of them may hold what, and which have which word. */
import type { Boundary, ToolError } from '../types.ts';
import { textOf } from './look.ts';
import { relativePath } from './paths.ts';
import type { Outcome } from './reading.ts';
import { Shelf } from './shelf.ts';
import { Vocabularies } from './vocabularies.ts';

/** A file that may hold a handoff. */
export interface Candidate {
  path: string;
  /** What it may hold by its words alone. */
  within: readonly Boundary[];
}

export interface Gathered {
  candidates: readonly Candidate[];
  /** Files with any word of the catalogue, minified ones left out, in order. */
  worded: readonly string[];
  /** Files that say nothing of tracing: coverage need not read them again. */
  untold: ReadonlySet<string>;
  /** Modules of the catalogue that anything imports. */
  imported: ReadonlySet<string>;
  vocabularies: Vocabularies;
  /** A file's text without a byte order mark; `undefined` where it can't be read. */
  read(path: string): string | undefined;
}

/** What concerns only the files that were asked for. */
export interface Counted {
  lines: number;
  /** With handoffs in them, perhaps. */
  minified: number;
  errors: ToolError[];
}

/** @param outcomes of the files in `all`, in their order */
export function gather(all: readonly string[], outcomes: readonly Outcome[], named: ReadonlySet<string>, cwd: string): Gathered & Counted {
  const shelf = new Shelf(textOf);
  const vocabularies = new Vocabularies();
  const counted: Counted = { lines: 0, minified: 0, errors: [] };
  const candidates: Candidate[] = [];
  const worded: string[] = [];
  const imported = new Set<string>();
  const untold = new Set<string>();
  for (const [index, look] of outcomes.entries()) {
    const path = all[index]!;
    if ('unreadable' in look) {
      if (named.has(path)) counted.errors.push({ path: relativePath(cwd, path), code: 'unreadable', message: look.unreadable });
      continue;
    }
    const { text } = look;
    if (text !== undefined) shelf.keep(path, text, look.any && !look.minified);
    if (named.has(path)) counted.lines += look.lines;
    if (!look.tracing) untold.add(path);
    vocabularies.add(path, look.vocabulary);
    for (const module of look.modules) imported.add(module);
    if (!look.any) continue;
    if (look.minified) {
      if (look.boundaries.length > 0) counted.minified++;
      continue;
    }
    worded.push(path);
    if (look.boundaries.length > 0) candidates.push({ path, within: look.boundaries });
  }
  return { ...counted, candidates, worded, untold, imported, vocabularies, read: readerOf(shelf) };
}

function readerOf(shelf: Shelf): Gathered['read'] {
  return (path) => {
    try {
      return shelf.read(path);
    } catch {
      return undefined;
    }
  };
}
