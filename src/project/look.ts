/** What one file says to the first pass over the repo: its text and words, before anything is parsed. */
import { readFileSync } from 'node:fs';
import { BOM } from '../analysis/source.ts';
import { emptyVocabulary, type Vocabulary } from '../catalogue/scanner.ts';
import type { Boundary } from '../catalogue/schema.ts';
import type { Words } from '../catalogue/words.ts';
import { mentionsTracing } from './tracing-words.ts';
import { countLines, isMinified } from './lines.ts';

export interface Look {
  /** Left out by a thread that has said enough: it is read again where it is asked for. Stands wherever `any` is true. */
  text?: string;
  lines: number;
  minified: boolean;
  /** Whether it says anything of tracing: coverage reads no other again. */
  tracing: boolean;
  /** What it may hold, told by its words. */
  boundaries: readonly Boundary[];
  /** Modules of the catalogue that it imports, requires or re-exports from. */
  modules: readonly string[];
  /** Whether any word of the catalogue stands in it. */
  any: boolean;
  vocabulary: Vocabulary;
}

/** Reads a file, or throws. */
export function lookAt(path: string, words: Words, vocabulary: Vocabulary = emptyVocabulary()): Look & { text: string } {
  const text = textOf(path);
  const { boundaries, modules, any } = words.in(text, vocabulary);
  return { text, lines: countLines(text), minified: any && isMinified(text), tracing: mentionsTracing(text), boundaries, modules, any, vocabulary };
}

/** Without a byte order mark. Throws for UTF-16, which would look like a file with nothing in it. */
export function textOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  // What is left of its byte order mark, and zeros between.
  if (text.startsWith('\uFFFD\uFFFD') && text.includes('\0')) throw new Error('it is UTF-16, and only UTF-8 is read');
  return text.startsWith(BOM) ? text.slice(1) : text;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
