/** Helpers in other files: told by their text whether they may carry anything, and followed only there. */
import { cases } from './harness.ts';

const lost = ' // ! bullmq/queue-add lost';
const send = (imports: string, options: string, mark = ''): string => `import { Queue } from 'bullmq';\n${imports}\nconst mails = new Queue('mails');\nexport async function send(to) {\n  await mails.add('send', { to }, ${options});${mark}\n}\n`;
const inject = "import { context, propagation } from '@opentelemetry/api';\n";

cases('a helper of another file', {}, {
  'injects': {
    'src/a.ts': send("import { decorate } from './b.js';", 'decorate({})'),
    'src/b.ts': `${inject}export const decorate = (o) => { const metadata = {}; propagation.inject(context.active(), metadata); return { ...o, telemetry: { metadata: JSON.stringify(metadata) } }; };`,
  },
  'says nothing of it': {
    'src/a.ts': send("import { decorate } from './b.js';", 'decorate({})', lost),
    'src/b.ts': 'export const decorate = (o) => ({ ...o, attempts: 3 });',
  },
  'behind a barrel': {
    'src/a.ts': send("import { withContext } from './index.js';", 'withContext({})'),
    'src/index.ts': "export * from './c.js';\nexport * from './b.js';",
    'src/c.ts': 'export const other = 1;',
    'src/b.ts': `${inject}export const withContext = (o) => { const metadata = {}; propagation.inject(context.active(), metadata); return { ...o, telemetry: { metadata: JSON.stringify(metadata) } }; };`,
  },
  'behind a barrel, by a name that the file renames': {
    'src/a.ts': send("import { withContext } from './index.js';", 'withContext({})'),
    'src/index.ts': "export { decorate as withContext } from './b.js';",
    'src/b.ts': `${inject}export const decorate = (o) => { const metadata = {}; propagation.inject(context.active(), metadata); return { ...o, telemetry: { metadata: JSON.stringify(metadata) } }; };`,
  },
  'writes into the variable': {
    'src/a.ts': send("import { stamp } from './b.js';\nconst make = () => ({});", '(() => { const o = {}; stamp(o); return o; })()', lost),
    'src/b.ts': 'export function stamp(o) { o.at = Date.now(); }',
  },
});

cases('a queue behind re-exports', {}, {
  'one star of several': {
    'src/a.ts': `import { mails } from './index.js';\nexport async function send(to) {\n  await mails.add('send', { to });${lost}\n}\n`,
    'src/index.ts': "export * from './c.js';\nexport * from './b.js';",
    'src/c.ts': 'export const other = 1;',
    'src/b.ts': "import { Queue } from 'bullmq';\nexport const mails = new Queue('mails');",
  },
  'a star of CommonJS': {
    'package.json': { name: 'app', engines: { node: '>=20' }, dependencies: { bullmq: '^5.60.0' } },
    'src/a.js': `const { mails } = require('./index.js');\nexports.send = async (to) => {\n  await mails.add('send', { to });${lost}\n};\n`,
    'src/index.js': "module.exports = { ...require('./b.js') };",
    'src/b.js': "const { Queue } = require('bullmq');\nexports.mails = new Queue('mails');",
  },
});
