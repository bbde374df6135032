/** Handoffs that are in order, without the tree of their file: it comes back if somebody looks at their code. */
import type { Judged } from '../analysis/judge.ts';
import type { SourceText } from '../analysis/source.ts';

/** What of a handoff points into a tree: into its own file's, or by a receiver or a far side into another's. */
const parts = ['node', 'token', 'args', 'record', 'handler', 'receiver', 'enclosing', 'spot', 'far'] as const satisfies readonly (keyof Judged)[];

export interface Waking {
  path: string;
  read(): string;
  /** The file's tree, from now on held. */
  parse(source: SourceText): SourceText['ast'];
  /** All that was found in the file, in the same order. */
  again(source: SourceText): readonly Judged[];
}

export function atRest(found: readonly Judged[], { path, read, parse, again }: Waking): Judged[] {
  let ast: SourceText['ast'] | undefined;
  let awake: readonly Judged[] | undefined;
  const source: SourceText = { path, get text() { return read(); }, get ast() { return ast ??= parse(source); } };
  return found.map((one, index) => {
    const rest = { ...one, source };
    for (const part of parts) Object.defineProperty(rest, part, { enumerable: true, get: () => (awake ??= again(source))[index]![part] });
    return rest;
  });
}
