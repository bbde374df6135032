/** Programs that hand work over in one of many ways, made by fast-check: any combination of shapes and ways of writing. */
import fc from 'fast-check';

export interface Program {
  path: string;
  text: string;
}

interface Written {
  quote: string;
  semicolons: boolean;
  indent: string;
  windows: boolean;
  mark: boolean;
  lastLine: boolean;
  head: string;
}

const written: fc.Arbitrary<Written> = fc.record({
  quote: fc.constantFrom("'", '"'), semicolons: fc.boolean(), indent: fc.constantFrom('  ', '    ', '\t'), windows: fc.boolean(), mark: fc.boolean(), lastLine: fc.boolean(),
  head: fc.constantFrom('', '#!/usr/bin/env node\n', "'use strict';\n", '// Copyright\n\n', '/* a note */\n'),
});

const parameter = fc.constantFrom('', 'job', 'job, token', '{ data }', '{ data: { id }, ...rest }', 'job: Job', '{ data }: Job<{ id: string }>', '_job', 'job /* it */', '...args', 'context', 'processJob');
const line = fc.constantFrom(
  'await work(1);', 'if (flag) return;', 'const text = `a ${`b${1}`} }`;', 'const found = /[)}"\'`]/.test(String(flag));', '// done }', 'for (const each of [1, 2]) await work(each);',
  'const inner = () => { return work(2); };', 'await inner?.();', 'switch (1) { case 1: break; }', 'try { await work(3); } catch { /* none */ }', 'const carryJob = 1;', 'void [carryJob];', 'await fetch(`https://example.com/${flag}`);',
);
const options = fc.constantFrom('', ', undefined', ', {}', ', { attempts: 3 }', ', settings', ', makeSettings()', ', { ...settings, delay: 1 }', ', flag ? settings : undefined', ', {\n  attempts: 3, // three\n}', ', settings,', ', { attempts: 3 } as const', ' /* none */');
const form = fc.constantFrom('arrow', 'block', 'function', 'named', 'below', 'method', 'bound', 'field', 'generator', 'conditional', 'wrapped');
const callback = fc.constantFrom('() => void work()', '() => { void work(); }', 'async () => { await work(); }', 'function () { void work(); }', 'async function later() { await work(); }', 'named', 'flag ? named : () => void work()', '(() => void work())', 'named.bind(undefined)', '() => work().then(() => work(1)).catch(() => {})', 'named as () => void');

type Item = { kind: 'add'; options: string } | { kind: 'worker'; form: string; parameter: string; lines: string[] } | { kind: 'request'; options: string } | { kind: 'listener'; parameter: string; lines: string[] };

const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), options }),
  fc.record({ kind: fc.constant('worker' as const), form, parameter, lines: fc.uniqueArray(line, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('request' as const), options: fc.constantFrom('', ", { method: 'POST' }", ', init', ', { headers: { a: 1 } }', ', undefined') }),
  fc.record({ kind: fc.constant('listener' as const), parameter: fc.constantFrom('', 'message', '{ id }', '{ id }: { id: string }', 'message: unknown'), lines: fc.uniqueArray(line, { maxLength: 3 }) }),
);

/** A file of a server: queues, workers, requests, threads. */
export const server = (n: number): fc.Arbitrary<Program> => fc.tuple(written, fc.array(item, { minLength: 1, maxLength: 5 })).map(([style, items]) => ({ path: `src/server${n}.ts`, text: write(style, [
  "import { Queue, Worker, type Job } from 'bullmq';", "import { parentPort, Worker as Thread } from 'node:worker_threads';", '',
  'declare function work(given?: unknown): Promise<void>;', 'declare function logged<F>(fn: F): F;', 'declare function makeSettings(): object;', 'declare const flag: boolean, settings: object, init: RequestInit;', '',
  ...items.map((each, i) => itemText(each, `${n}_${i}`)),
]) }));

/** A file of a page: callbacks. */
export const page = (n: number): fc.Arbitrary<Program> => fc.tuple(written, fc.array(fc.tuple(callback, fc.constantFrom('setTimeout', 'queueMicrotask', 'window.setTimeout', 'requestIdleCallback'), fc.boolean()), { minLength: 1, maxLength: 5 })).map(([style, items]) => ({ path: `src/page${n}.ts`, text: write(style, [
  'declare function work(given?: unknown): Promise<void>;', 'declare const flag: boolean;', 'function named(): void { void work(); }', '',
  ...items.map(([given, timer, inClass], i) => inClass ? `export class View${i} { show(context: unknown) {\n  return ${timer}(${given}); } }` : `export function show${i}() {\n  ${timer}(${given}, // soon\n  );\n}`),
]) }));

function itemText(given: Item, name: string): string {
  if (given.kind === 'add') return `const queue${name} = new Queue('q${name}', { connection: {} });\nexport const add${name} = (id: string) => queue${name}.add('send', { id }${given.options});`;
  if (given.kind === 'request') return `export const get${name} = async (id: string) => (await fetch(\`http://localhost:3000/\${id}\`${given.options})).json();`;
  const body = given.lines.map((each) => `\n  ${each}`).join('');
  if (given.kind === 'listener') return `const thread${name} = new Thread(new URL('./server${name.split('_')[0]}.ts', import.meta.url));\nexport const post${name} = () => thread${name}.postMessage({ id: '1' });\nparentPort?.on('message', async (${given.parameter}) => {\n  await work();${body}\n});`;
  const { parameter: p } = given;
  const block = `{\n  await work();${body}\n}`;
  const worker = (handler: string): string => `export const worker${name} = new Worker('w${name}', ${handler}, { connection: {} });`;
  switch (given.form) {
    case 'arrow': return worker(`async (${p}) => work()`);
    case 'function': return worker(`async function (${p}) ${block}`);
    case 'named': return `const handle${name} = async (${p}) => ${block};\n${worker(`handle${name}`)}`;
    case 'below': return `${worker(`handle${name}`)}\nasync function handle${name}(${p}) ${block}`;
    case 'method': return `class Service${name} { async handle(${p}) ${block} }\n${worker(`new Service${name}().handle`)}`;
    case 'bound': return `export class Service${name} {\n  worker = new Worker('w${name}', this.handle.bind(this), { connection: {} });\n  async handle(${p}) ${block}\n}`;
    case 'field': return `export class Service${name} {\n  handle = async (${p}) => ${block};\n  worker = new Worker('w${name}', this.handle, { connection: {} });\n}`;
    case 'generator': return worker(`async function* (${p}) ${block} as never`);
    case 'conditional': return worker(`flag ? async (${p}) => ${block} : async () => work()`);
    case 'wrapped': return worker(`logged(async (${p}) => ${block})`);
    default: return worker(`async (${p}) => ${block}`);
  }
}

function write({ quote, semicolons, indent, windows, mark, lastLine, head }: Written, lines: readonly string[]): string {
  let text = `${head}${lines.join('\n')}\n`;
  // A `;` inside a line, and one before what could go on with the statement, stays.
  if (!semicolons) text = text.replace(/;(?=\n(?!\s*[[(`/+*-]))/g, '');
  if (quote === '"') text = text.replace(/^.*$/gm, (each) => /[`"]|\/\[/.test(each) ? each : each.replaceAll("'", '"'));
  text = text.replace(/^(?: {2})+/gm, (blank) => indent.repeat(blank.length / 2));
  if (!lastLine) text = text.replace(/\n$/, '');
  if (windows) text = text.replaceAll('\n', '\r\n');
  return (mark && !head.startsWith('#!') ? '\uFEFF' : '') + text;
}
