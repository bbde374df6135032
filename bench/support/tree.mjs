// Writes a workspace of about as many lines as asked for: the same one every time. Most files hold no word of the
// catalogue; some queue, fetch, wait or start threads; they import each other.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { blocks, head } from './blocks.mjs';

const packages = ['api', 'billing', 'catalog', 'jobs', 'mail', 'search', 'shared', 'web'];
/**
 * Of a hundred files, so many have a block of this kind. About two have a finding then, and half have a word of the catalogue; in
 * the twelve labelled repositories (17,043 files) it is one, and half.
 */
const shares = { fetch: 1.2, timer: 7, queue: 0.5, consumer: 0.3, thread: 0.3, set: 12, list: 8, emitter: 6, route: 2 };
const blocksAFile = 12;

/** The folder of the tree; it is written where it is not there yet. */
export function tree(lines) {
  const root = join(tmpdir(), `otel-handoff-bench-4-${lines}`);
  if (existsSync(join(root, 'done'))) return root;
  rmSync(root, { recursive: true, force: true });
  const next = random(lines);
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', json({ name: 'bench', private: true, workspaces: ['packages/*'], devDependencies: { typescript: '^6.0.0' } }));
  write('tsconfig.json', json({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, jsx: 'preserve', skipLibCheck: true, noEmit: true, types: [] }, include: ['packages'] }));
  for (const name of packages) {
    write(`packages/${name}/package.json`, json({
      name: `@bench/${name}`, type: 'module', exports: './src/index.ts',
      dependencies: {
        ...(name === 'shared' ? {} : { '@bench/shared': 'workspace:*' }),
        ...(name === 'web' ? { react: '^19.0.0', 'react-dom': '^19.0.0' } : { bullmq: '^5.40.0', express: '^5.0.0' }),
      },
      ...(name === 'web' ? {} : { devDependencies: { '@types/node': '^22.0.0' } }),
    }));
    write(`packages/${name}/src/index.ts`, '');
  }
  let written = 0;
  for (let index = 0; written < lines; index++) {
    const name = packages[index % packages.length];
    const kinds = Object.keys(shares).filter((kind) => next() * 100 < shares[kind] && (name !== 'web' || kind === 'fetch' || kind === 'timer' || kind === 'set'));
    const text = fileText(index, name, kinds, next);
    written += text.split('\n').length - 1;
    write(pathOf(index), text);
  }
  write('done', '');
  return root;
}

function pathOf(index) {
  const name = packages[index % packages.length];
  return `packages/${name}/src/area${Math.floor(index / packages.length / 25)}/file${index}.${name === 'web' && index % 3 === 0 ? 'tsx' : 'ts'}`;
}

function fileText(index, name, kinds, next) {
  // What it imports: files of its own package that were written before it.
  const others = [1, 2, 3].map((back) => index - back * packages.length * (1 + Math.floor(next() * 9))).filter((other) => other >= 0);
  const imports = others.map((other) => {
    const from = dirname(pathOf(index)).split('/').at(-1);
    const to = pathOf(other).split('/').slice(-2);
    return `import { total${other} } from '${to[0] === from ? '.' : `../${to[0]}`}/${to[1].replace(/\.tsx?$/, '.js')}';`;
  });
  const body = [...kinds, ...Array.from({ length: blocksAFile - kinds.length }, () => ['record', 'class', 'switch', 'reduce'][Math.floor(next() * 4)])];
  return [
    ...new Set([...imports, ...kinds.flatMap((kind) => head[kind] ?? [])]), '',
    `/** Part ${index} of ${name}. */`,
    `export const total${index} = ${others.map((other) => `total${other}`).join(' + ') || '1'};`, '',
    ...body.map((kind, place) => blocks[kind](`${index}x${place}`, index)),
  ].join('\n');
}

/** mulberry32: small and the same everywhere. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
