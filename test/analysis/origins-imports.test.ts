import { cases } from './harness.ts';

const commonJs = { files: { 'package.json': { name: 'app', engines: { node: '20' }, dependencies: { bullmq: '5.60.0' } } } };
const add = (receiver: string): string => `export const enqueue = async (id) => { await ${receiver}.add('send', { id }); };`;
const dark = (receiver: string): string => `${add(receiver)} // ! bullmq/queue-add lost`;
const js = (receiver: string): string => `module.exports.enqueue = async (id) => { await ${receiver}.add('send', { id }); };`;
const darkJs = (receiver: string): string => `${js(receiver)} // ! bullmq/queue-add lost`;

cases('origins: require and module.exports', commonJs, {
  'new (require())': { 'a.js': `const q = new (require('bullmq').Queue)('mail');\n${darkJs('q')}` },
  'a lazy require': { 'a.js': `let q;\nfunction get() { if (!q) { const { Queue } = require('bullmq'); q = new Queue('mail'); } return q; }\n${darkJs('get()')}` },
  'a lazy require of another file': { 'q.js': `const { Queue } = require('bullmq');\nmodule.exports = { q: new Queue('mail') };`, 'a.js': `const get = () => require('./q').q;\n${darkJs('get()')}` },
  'exports.a = exports.b': { 'q.js': `const { Queue } = require('bullmq');\nexports.q = exports.r = new Queue('mail');`, 'a.js': `const { q } = require('./q');\n${darkJs('q')}`, 'b.js': `const { r } = require('./q');\n${darkJs('r')}` },
  'exports = module.exports =': { 'q.js': `const { Queue } = require('bullmq');\nexports = module.exports = new Queue('mail');`, 'a.js': `const q = require('./q');\n${darkJs('q')}` },
  'module.exports.default': { 'q.js': `const { Queue } = require('bullmq');\nmodule.exports.default = new Queue('mail');`, 'a.js': `const q = require('./q').default;\n${darkJs('q')}` },
  'module.exports with a spread': { 'q.js': `const { Queue } = require('bullmq');\nmodule.exports = { mail: new Queue('mail') };`, 'all.js': `module.exports = { ...require('./q'), other: 1 };`, 'a.js': `const { mail } = require('./all');\n${darkJs('mail')}` },
  'createRequire': { 'a.mjs': `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconst { Queue } = require('bullmq');\nconst q = new Queue('mail');\n${dark('q')}` },
  'a require from somewhere else': { 'a.mjs': `import { require } from './mocks.mjs';\nconst { Queue } = require('bullmq');\nconst q = new Queue('mail');\n${add('q')}` },
  'interop default': { 'a.js': `const bull = require('bullmq').default;\nconst q = new bull.Queue('mail');\n${darkJs('q')}` },
  'another file\'s exports of the name': { 'q.js': `require('bullmq');\nexports.q = new Set();`, 'a.js': `const { q } = require('./q');\n${js('q')}` },
  'exports inside a function are not the file\'s': { 'q.js': `const { Queue } = require('bullmq');\nfunction f(exports) { exports.q = new Queue('mail'); }\nexports.q = new Set();\nf({});`, 'a.js': `const { q } = require('./q');\n${js('q')}` },
  'a folder': { 'queues/index.js': `const { Queue } = require('bullmq');\nexports.q = new Queue('mail');`, 'a.js': `const { q } = require('./queues');\n${darkJs('q')}` },
  'what is required by a variable': { 'a.js': `const name = process.argv[2];\nconst { Queue } = require(name); // bullmq\nconst q = new Queue('mail');\n${js('q')}` },
});

cases('origins: import()', {}, {
  'a member at once': `export const send = async (id: string) => { const q = new ((await import('bullmq')).Queue)('mail'); await q.add('send', { id }); }; // ! bullmq/queue-add lost`,
  'then, taken apart': `export const send = (id: string) => import('bullmq').then(({ Queue }) => new Queue('mail').add('send', { id })); // ! bullmq/queue-add lost`,
  'then, whole': `export const send = (id: string) => import('bullmq').then((bull) => new bull.Queue('mail').add('send', { id })); // ! bullmq/queue-add lost`,
  'then, of another library': `export const send = (id: string) => import('other-queue').then(({ Queue }) => new Queue('mail').add('send', { id }));`,
  'then, with a function of its own': `import('bullmq').then(() => 1);\nexport const send = (id: string) => import('./x').then(function ({ Queue }) { return new Queue('mail').add('send', { id }); });`,
  'then, given on': `export async function send(id: string) { const Queue = await import('bullmq').then((m) => m.Queue); await new Queue('mail').add('send', { id }); } // ! bullmq/queue-add lost`,
  'default': `export async function send(id: string) { const { default: bull } = await import('bullmq'); await new bull.Queue('mail').add('send', { id }); } // ! bullmq/queue-add lost`,
  'renamed': `export async function send(id: string) { const { Queue: Q } = await import('bullmq'); await new Q('mail').add('send', { id }); } // ! bullmq/queue-add lost`,
  'of another file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');\nexport default q;`, 'src/a.ts': `export async function send(id: string) {\n  const { q } = await import('./q.js');\n  await q.add('send', { id }); // ! bullmq/queue-add lost\n  await (await import('./q.js')).default.add('send', { id }); // ! bullmq/queue-add lost\n}` },
});

cases('origins: import = and namespaces', {}, {
  'an alias of a member': `import bull = require('bullmq');\nimport Queue = bull.Queue;\nconst q = new Queue('mail');\n${dark('q')}`,
  'an alias of another library\'s member': `import bull = require('other-queue');\nimport Queue = bull.Queue;\nconst q = new Queue('mail');\n${add('q')}`,
  'export =': { 'src/q.ts': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport = q;`, 'src/a.ts': `import q = require('./q');\n${dark('q')}` },
  'a namespace of the repo': `import { Queue } from 'bullmq';\nnamespace Jobs { export const queue = new Queue('mail'); }\n${dark('Jobs.queue')}`,
  'what a namespace does not export': `import { Queue } from 'bullmq';\nnamespace Jobs { const queue = new Queue('mail'); void queue; }\nexport const send = (id: any) => (Jobs as any).queue.add(id);`,
  'export * as, of a package': { 'src/lib.ts': `export * as bull from 'bullmq';`, 'src/a.ts': `import { bull } from './lib';\nconst q = new bull.Queue('mail');\n${dark('q')}` },
  'export * of a package': { 'src/lib.ts': `export * from 'bullmq';`, 'src/a.ts': `import { Queue } from './lib';\nconst q = new Queue('mail');\n${dark('q')}` },
  'export * of two packages': { 'src/lib.ts': `export * from 'bullmq';\nexport * from 'bull';`, 'src/a.ts': `import { Queue } from './lib';\nconst q = new Queue('mail');\n${add('q')}` },
  'export { default as }': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport default new Queue('mail');`, 'src/index.ts': `export { default as q } from './q';`, 'src/a.ts': `import { q } from './index';\n${dark('q')}` },
  'import, then export': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const mail = new Queue('mail');`, 'src/index.ts': `import { mail } from './q';\nexport { mail as q };`, 'src/a.ts': `import { q } from '.';\n${dark('q')}` },
  'the nearer name wins over export *': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/index.ts': `export * from './q';\nexport const q = new Set<string>();`, 'src/a.ts': `import { q } from './index';\nexport const send = (id: string) => q.add(id);` },
  'export default async function': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport default async function make() { return new Queue('mail'); }`, 'src/a.ts': `import make from './q';\nexport const send = async (id: string) => (await make()).add('send', { id }); // ! bullmq/queue-add lost` },
  'export const of an object, taken apart': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const { mail } = { mail: new Queue('mail') };`, 'src/a.ts': `import { mail } from './q';\n${dark('mail')}` },
});

const q = `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`;
const uses = (from: string): string => `import { q } from '${from}';\n${dark('q')}`;
const app = { name: 'app', type: 'module', engines: { node: '20' }, dependencies: { bullmq: '5.60.0' } };

cases('origins: across files by what an import means', {}, {
  'a .js specifier of a .ts file': { 'src/q.ts': q, 'src/a.ts': uses('./q.js') },
  'a .mjs specifier of a .mts file': { 'src/q.mts': q, 'src/a.ts': uses('./q.mjs') },
  'a .cjs specifier of a .cts file': { 'src/q.cts': q, 'src/a.ts': uses('./q.cjs') },
  'a .jsx specifier of a .tsx file': { 'src/q.tsx': q, 'src/a.ts': uses('./q.jsx') },
  'a dot in the name': { 'src/mail.queue.ts': q, 'src/a.ts': uses('./mail.queue') },
  'paths of an extended tsconfig': { 'tsconfig.base.json': { compilerOptions: { baseUrl: '.', paths: { '@q': ['src/queues/q.ts'] } } }, 'tsconfig.json': { extends: './tsconfig.base.json' }, 'src/queues/q.ts': q, 'src/a.ts': uses('@q') },
  'paths of two extended tsconfigs': { 'a.json': { compilerOptions: { baseUrl: '.', paths: { '@q': ['src/queues/q.ts'] } } }, 'b.json': { compilerOptions: { strict: true } }, 'tsconfig.json': { extends: ['./a.json', './b.json'] }, 'src/queues/q.ts': q, 'src/a.ts': uses('@q') },
  'paths of an extended tsconfig in a folder above': { 'tsconfig.base.json': { compilerOptions: { paths: { '@lib/*': ['./libs/*/src/index.ts'] } } }, 'apps/api/tsconfig.json': { extends: '../../tsconfig.base.json' }, 'libs/q/src/index.ts': q, 'apps/api/src/a.ts': uses('@lib/q') },
  'paths with \${configDir}': { 'configs/base.json': { compilerOptions: { paths: { '@/*': ['${configDir}/src/*'] } } }, 'tsconfig.json': { extends: './configs/base.json' }, 'src/q.ts': q, 'src/a.ts': uses('@/q') },
  'paths of a tsconfig that is referred to': { 'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] }, 'tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'src/q.ts': q, 'src/a.ts': uses('@/q') },
  'paths, the second target': { 'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./gen/*', './src/*'] } } }, 'src/q.ts': q, 'src/a.ts': uses('@/q') },
  'paths that hide a package': { 'tsconfig.json': { compilerOptions: { paths: { bullmq: ['./src/mock.ts'] } } }, 'src/mock.ts': `export class Queue { async add(..._: unknown[]) {} }`, 'src/a.ts': `import { Queue } from 'bullmq';\nconst q = new Queue();\n${add('q')}` },
  'baseUrl': { 'tsconfig.json': { compilerOptions: { baseUrl: './src' } }, 'src/queues/q.ts': q, 'src/a.ts': uses('queues/q') },
  'jsconfig paths': { 'jsconfig.json': { compilerOptions: { paths: { '~/*': ['./src/*'] } } }, 'src/q.js': q, 'src/a.js': uses('~/q') },
  'imports with a star': { 'package.json': { ...app, imports: { '#queues/*': './dist/queues/*.js' } }, 'src/queues/mail.ts': q, 'src/a.ts': uses('#queues/mail') },
  'imports with conditions': { 'package.json': { ...app, imports: { '#q': { node: { import: './src/q.ts' }, default: './src/none.ts' } } }, 'src/q.ts': q, 'src/a.ts': uses('#q') },
  'the package by its own name': { 'package.json': { ...app, exports: { './queues': './dist/q.js' } }, 'src/q.ts': q, 'src/a.ts': uses('app/queues') },
});

const member = (manifest: object): Record<string, string | object> => ({
  'package.json': { name: 'root', private: true, workspaces: ['packages/*'], engines: { node: '20' } },
  'packages/queues/package.json': { name: '@acme/queues', dependencies: { bullmq: '5.60.0' }, ...manifest },
  'packages/api/package.json': { name: '@acme/api', dependencies: { '@acme/queues': 'workspace:*' } },
});

cases('origins: across workspace packages', {}, {
  'no entry: src/index': { ...member({}), 'packages/queues/src/index.ts': q, 'packages/api/a.ts': uses('@acme/queues') },
  'exports to dist': { ...member({ exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js' } } }), 'packages/queues/src/index.ts': q, 'packages/api/a.ts': uses('@acme/queues') },
  'exports with a subpath pattern': { ...member({ exports: { './*': { types: './dist/src/*.d.ts', default: './dist/src/*.js' } } }), 'packages/queues/src/jobs/mail.ts': q, 'packages/api/a.ts': uses('@acme/queues/jobs/mail') },
  'a path below src': { ...member({}), 'packages/queues/src/mail.ts': q, 'packages/api/a.ts': uses('@acme/queues/src/mail') },
  'a path below dist': { ...member({ main: 'dist/index.js' }), 'packages/queues/src/mail.ts': q, 'packages/api/a.ts': uses('@acme/queues/dist/mail') },
  'main to a file in lib': { ...member({ main: 'lib/main.js' }), 'packages/queues/lib/main.js': q, 'packages/api/a.ts': uses('@acme/queues') },
  'a barrel': { ...member({ types: 'build/index.d.ts' }), 'packages/queues/src/index.ts': `export * from './mail.js';`, 'packages/queues/src/mail.ts': q, 'packages/api/a.ts': uses('@acme/queues') },
  'an alias of a workspace package': { ...member({}), 'packages/api/package.json': { name: '@acme/api', dependencies: { queues: 'workspace:@acme/queues@*' } }, 'packages/queues/src/index.ts': q, 'packages/api/a.ts': uses('queues') },
  'a folder that is linked': { 'package.json': app, 'libs/queues/package.json': { name: 'my-queues', main: 'index.js' }, 'libs/queues/index.js': q, 'api/package.json': { name: 'api', engines: { node: '20' }, dependencies: { 'my-queues': 'file:../libs/queues', bullmq: '5.60.0' } }, 'api/a.ts': uses('my-queues') },
  'a package of the registry with the name of a folder': { 'package.json': app, 'queues/index.ts': q, 'src/a.ts': `import { q } from 'queues';\n${add('q')}` },
  'a package that is no part of the workspace': { ...member({}), 'other/queues/package.json': { name: '@acme/other' }, 'other/queues/index.ts': q, 'packages/api/a.ts': `import { q } from '@acme/other';\n${add('q')}` },
});
