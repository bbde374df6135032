/** Runs `fix --write` twice on a small project: the second run never changes a byte. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { FixReport } from '../../src/types.ts';
import { tree } from '../project/tree.ts';
import { cli, fix, type Outcome } from './cli.ts';

export interface Fixed extends Outcome {
  folder: string;
  report: FixReport;
  /** Every file's text, by its path. */
  files: Record<string, string>;
}

export function fixTree(files: Record<string, string | object>, args: readonly string[] = []): Fixed {
  return fixFolder(tree(files), args);
}

export function fixFolder(folder: string, args: readonly string[] = []): Fixed {
  const outcome = fix(folder, [...args, '--write', '--allow-dirty']);
  const after = snapshot(folder);
  const again = cli(folder, ['fix', ...args, '--write', '--allow-dirty', '--format', 'json']);
  expect(snapshot(folder), 'a second run changes nothing').toEqual(after);
  const second = JSON.parse(again.stdout || 'null') as FixReport | null;
  expect(second?.applied ?? [], 'a second run applies nothing').toEqual([]);
  const left = (second?.refused.length ?? 0) + (second?.reverted.length ?? 0);
  if (outcome.status !== 2) expect(again.status).toBe(left > 0 ? 1 : 0);
  return { ...outcome, folder, files: after };
}

/** All files below a folder, git's own apart. */
export function snapshot(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, full);
    if (entry.isFile() && !/(^|\/)(\.git|node_modules)\//.test(name)) files[name] = fs.readFileSync(full, 'latin1');
  }
  return files;
}
