import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ts as bundled } from '@ts-morph/common';
import type typescript from 'typescript';
import { afterEach } from 'vitest';
import type { PlacedEdit } from '../../src/fix/edits.ts';
import type { RepairUnit } from '../../src/fix/unit.ts';
import type { Ts } from '../../src/types.ts';

export const ts = bundled as unknown as Ts;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** A folder outside of this repo, so that nothing of ours is found above it. */
export function temporary(files: Record<string, string> = {}): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'handoff-fix-')));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

export function parse(text: string, name = '/repo/src/a.ts'): typescript.SourceFile {
  const kind = /\.[cm]?ts$/.test(name) ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, kind);
}

export function unit(id: string, edits: PlacedEdit[]): RepairUnit {
  return { report: { id, boundaries: [], channel: id, strategies: [], sites: [] }, edits };
}

/** The edit that replaces the one place where `find` stands in `text`. */
export function replacement(file: string, text: string, find: string, by: string): PlacedEdit {
  const start = text.indexOf(find);
  if (start < 0) throw new Error(`'${find}' is not in ${file}`);
  return { file, start, end: start + find.length, text: by };
}
