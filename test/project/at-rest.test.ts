import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/project/config.ts';
import { analyseProject, type ProjectResult } from '../../src/project/project.ts';
import { findingsOf } from '../../src/report/findings.ts';
import { atRest } from '../../src/project/at-rest.ts';
import { parse } from '../../src/analysis/source.ts';
import { relativePath } from '../../src/project/paths.ts';
import { tree } from './tree.ts';

const files = {
  'package.json': '{ "name": "lettershop", "type": "module", "dependencies": { "bullmq": "^5.0.0" } }',
  // In order, and the other side of a finding.
  'send.ts': "import { context, propagation } from '@opentelemetry/api';\nimport { Queue } from 'bullmq';\nconst queue = new Queue('letters');\nexport async function send(letter: string) {\n  const carrier = {};\n  propagation.inject(context.active(), carrier);\n  await queue.add('letter', { letter, carrier });\n}\n",
  'deliver.ts': "import { Worker } from 'bullmq';\nexport const worker = new Worker('letters', async (job) => { await fetch(`https://api.courier.example/${job.data.letter}`, { method: 'PUT' }); });\n",
};

function analysed(kept: boolean): ProjectResult {
  return analyseProject(ts, { cwd: tree(files), paths: ['.'], config: parseConfig({}, 'test'), assumeTraced: true, kept });
}

function rowsOf({ judged, packages }: ProjectResult): unknown[] {
  const root = packages.packageOf(judged[0]!.source.path)!.dir;
  return findingsOf(judged, { ts, config: parseConfig({}, 'test'), units: [], relative: (path) => relativePath(root, path) }).map(({ path, line, message, related }) => ({ path, line, message, related }));
}

describe('a handoff that is in order', () => {
  it('says the same without its file\'s tree as with it', () => {
    const [row, ...others] = rowsOf(analysed(false));
    expect(others).toEqual([]);
    expect(row).toMatchObject({ path: 'deliver.ts', message: expect.stringContaining("that `queue.add('letter', …)` sends") as string, related: [{ path: 'send.ts', line: 7, column: 15, role: 'producer' }] });
    expect(rowsOf(analysed(true))).toEqual([row]);
  });

  it('has its tree again when somebody looks, and only then', () => {
    const [sent] = analysed(true).judged.filter((one) => one.boundary.id === 'bullmq/queue-add');
    const asked: string[] = [];
    const text = files['send.ts'];
    const [rest] = atRest([sent!], {
      path: 'send.ts', read: () => text,
      parse: () => { asked.push('parse'); return parse(ts, 'send.ts', text).ast; },
      again: (source) => { asked.push('again'); return [{ ...sent!, source }]; },
    });
    expect({ verdict: rest!.verdict, channel: rest!.channel.key, text: rest!.source.text }).toEqual({ verdict: 'carried', channel: 'letters', text });
    expect(asked).toEqual([]);
    expect(rest!.node).toBe(sent!.node);
    expect(rest!.token).toBe(sent!.token);
    expect(asked).toEqual(['again']);
    expect(rest!.source.ast).toBe(rest!.source.ast);
    expect(asked).toEqual(['again', 'parse']);
  });
});
