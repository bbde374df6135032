#!/usr/bin/env node
// Runs the proofs of the catalogue, prints a table and writes proofs.json: npm run proofs [-- words…]
//   words: parts of a proof's folder or of a boundary's id; none: all
//   --check: fail if proofs.json would change, instead of writing it
//   --node 22: run the programs on another version of Node, from npm, and note where they show the same
// Exit status: 0 all that ran hold; 1 one does not, shows something else on that Node, or proofs.json is out of date.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from './node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const record = join(root, 'proofs.json');
const check = process.argv.includes('--check');
const given = process.argv.slice(2);
const other = given.includes('--node') ? given.splice(given.indexOf('--node'), 2)[1] : undefined;
const words = given.filter((word) => !word.startsWith('--'));

// Spans end in any order: what is written is sorted.
const sorted = (value) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])])) : value);

const folder = mkdtempSync(join(tmpdir(), 'handoff-proofs-'));
const seenFile = join(folder, 'seen.jsonl');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/proofs'], {
  cwd: root, stdio: 'inherit', env: { ...process.env, PROOFS: words.join(' '), PROOFS_SEEN: seenFile, ...(other ? { PROOFS_NODE: nodeBinary(other) } : {}) },
});
const seen = existsSync(seenFile) ? readFileSync(seenFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)).map(({ before, after, byHand, ...row }) => ({ ...row, before: sorted(before), ...(after ? { after: sorted(after) } : {}), ...(byHand ? { byHand: sorted(byHand) } : {}) })) : [];
rmSync(folder, { recursive: true });

const key = ({ proof, title }) => `${proof}\0${title}`;
const major = (other ?? process.versions.node).split('.')[0];
/** What must be the same for what another version of Node showed to count still. */
const shown = ({ node, ...row }) => JSON.stringify(row);
const before = new Map((existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : []).map((row) => [key(row), row]));
const merged = (row) => {
  if (row.runtime.startsWith('chromium')) return row;
  const known = before.get(key(row));
  const same = known !== undefined && shown(known) === shown(row);
  if (other && !same) console.error(`${row.proof}: ${row.title}\n  on Node ${major} ${known ? 'it does not show the same as in proofs.json' : 'it was run, and proofs.json does not have it yet: run it without --node first'}`);
  if (other && !same) return known;
  const { proof, title, runtime, boundaries, versions, ...rest } = row;
  return { proof, title, runtime, boundaries, versions, node: [...new Set([...(same ? known.node : []), major])].sort(), ...rest };
};
const differing = other ? seen.filter((row) => !before.has(key(row)) || shown(before.get(key(row))) !== shown(row)).length : 0;
const now = new Map([...before, ...seen.map((row) => [key(row), merged(row)])]);
// What a whole run has not seen again is gone; a part, and another Node, say nothing of the rest.
const rows = [...now.values()].filter((row) => row && (other || words.length > 0 || seen.some((each) => key(each) === key(row)))).sort((a, b) => (key(a) < key(b) ? -1 : 1));
const text = `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;

const places = (given) => Object.entries(given ?? {}).map(([name, by]) => `${name}: ${new Set(Object.values(by)).size === 1 ? Object.values(by)[0] : Object.entries(by).map(([request, place]) => `${request} ${place}`).join(', ')}`).join('; ');
const table = seen.sort((a, b) => (key(a) < key(b) ? -1 : 1)).map((row) => [row.proof, row.runtime, places(row.before), row.after ? places(row.after) : row.byHand ? `by hand: ${places(row.byHand)}` : 'not edited']);
const head = ['proof', 'runtime', 'before', 'after'];
const widths = head.map((title, i) => Math.max(title.length, ...table.map((row) => row[i].length)));
const line = (row) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd();
console.log(`\n${[head, ...table].map(line).join('\n')}\n\n${seen.length} ${seen.length === 1 ? 'proof holds' : 'proofs hold'}.`);

let stale = false;
// What held on another Node did, whatever else did not.
if (status === 0 || (other && seen.length > 0)) {
  if (!check) writeFileSync(record, text);
  else if (!existsSync(record) || readFileSync(record, 'utf8') !== text) {
    stale = true;
    console.error('proofs.json is out of date: run `npm run proofs`');
  }
}
process.exit(status !== 0 || stale || differing > 0 ? 1 : 0);
