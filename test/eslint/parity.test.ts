/** Same facts, same verdict: whole programs, and that the documentation tells of every difference. (The cases of test/analysis are compared where they are run.) */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts as bundled } from '@ts-morph/common';
import { expect, test } from 'vitest';
import { isFinding } from '../../src/analysis/engine.ts';
import { loadConfig } from '../../src/project/config.ts';
import { analyseProject } from '../../src/project/project.ts';
import type { Ts } from '../../src/types.ts';
import { tree } from '../project/tree.ts';
import { known } from './differences.ts';
import { differences } from './parity.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ts = bundled as unknown as Ts;

test.each(['fixtures/agents', 'fixtures/desk'])('%s', (folder) => {
  const cwd = tree({});
  fs.cpSync(path.join(root, folder), cwd, { recursive: true, filter: (source) => !source.includes('node_modules') });
  const { config } = loadConfig(cwd);
  const result = analyseProject(ts, { cwd, paths: ['.'], config });
  expect(result.judged.filter((judged) => isFinding(judged) && judged.scope === 'file').length).toBeGreaterThan(0);
  expect(differences({ ts, root: cwd, result })).toEqual([]);
});

test('docs/eslint.md gives every reason, and no other', () => {
  const list = /<!-- differences: .* -->\n((?:- .*\n)+)/.exec(fs.readFileSync(path.join(root, 'docs/eslint.md'), 'utf8'))![1]!;
  expect(list.trimEnd().split('\n')).toEqual(known.map(({ reason }) => `- ${reason}`));
});

test('a comparison that sees what one side lacks', () => {
  const cwd = tree({ 'package.json': { name: 'x', engines: { node: '>=20' }, dependencies: { bullmq: '^5.40.0' } }, 'handoff.config.json': { assumeTraced: true }, 'a.ts': 'import { Queue } from \'bullmq\';\nconst queue = new Queue(\'x\');\nexport const f = () => queue.add(\'y\', {});\n' });
  const result = analyseProject(ts, { cwd, paths: ['.'], config: loadConfig(cwd).config });
  expect(differences({ ts, root: cwd, result })).toEqual([]);
  expect(differences({ ts, root: cwd, result: { ...result, judged: [] } })).toEqual(['ESLint only: a.ts:91 no-dark-queue']);
  for (const judged of result.judged) judged.rule = 'no-dark-thread';
  expect(differences({ ts, root: cwd, result })).toEqual(['ESLint only: a.ts:91 no-dark-queue', 'check only: a.ts:91 no-dark-thread']);
});
