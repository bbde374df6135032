/**
 * A unified diff that `git apply` takes.
 */
import { styleText } from 'node:util';
import { formatPatch, structuredPatch } from 'diff';
import type { FileChange } from '../fix/unit.ts';
import { relativePath } from '../project/paths.ts';

export interface DiffOptions {
  colour?: boolean;
  context?: number;
}

/** Changes that change nothing are left out. Paths are relative to `cwd`, with `/`. */
export function unifiedDiff(changes: readonly FileChange[], cwd: string, options: DiffOptions = {}): string {
  const patches = changes.filter((change) => change.before !== change.after).map((change) => patchOf(change, cwd, options));
  const text = patches.join('');
  return options.colour ? coloured(text) : text;
}

function patchOf(change: FileChange, cwd: string, { context = 3 }: DiffOptions): string {
  const name = relativePath(cwd, change.path);
  const created = change.before === undefined;
  const patch = structuredPatch(
    created ? '/dev/null' : `a/${name}`, `b/${name}`, change.before ?? '', change.after, undefined, undefined, { context },
  );
  return formatPatch({ ...patch, isGit: true, ...(created ? { isCreate: true, newMode: '100644' } : {}) });
}

type Style = Parameters<typeof styleText>[0];

function coloured(text: string): string {
  let inHunk = false;
  return text.split('\n').map((line) => {
    if (line.startsWith('diff --git ')) inHunk = false;
    else if (line.startsWith('@@')) inHunk = true;
    const style = styleOf(line, inHunk);
    return style && line ? styleText(style, line, { validateStream: false }) : line;
  }).join('\n');
}

function styleOf(line: string, inHunk: boolean): Style | undefined {
  if (!inHunk) return 'bold';
  if (line.startsWith('@@')) return 'cyan';
  if (line.startsWith('+')) return 'green';
  return line.startsWith('-') ? 'red' : undefined;
}
