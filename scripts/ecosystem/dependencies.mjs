import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';

/** Installs what the entry says, never with scripts; the folders in which it worked. */
export function install({ install: steps = [] }, copy, say) {
  return steps.filter(({ in: folder = '.', command }) => {
    const [program, ...args] = command;
    if (!args.includes('--ignore-scripts')) throw new Error(`${command.join(' ')}: dependencies are installed with --ignore-scripts only`);
    say(`installing: ${command.join(' ')}`);
    const { status, stdout, stderr } = run(program, args, join(copy, folder), { minutes: 15, env: { CI: '1', YARN_ENABLE_SCRIPTS: '0' } });
    if (status !== 0) say(`not installed in ${folder}: ${`${stdout}\n${stderr}`.trim().slice(-400)}`);
    return status === 0;
  }).map(({ in: folder = '.' }) => folder);
}

/** What `npm install` would do after the repair: the changed packages that name `@opentelemetry/api` have it. */
export function provideApi(copy, manifests, api) {
  for (const manifest of manifests) {
    if (!existsSync(join(copy, manifest))) continue;
    if (!JSON.parse(readFileSync(join(copy, manifest), 'utf8')).dependencies?.['@opentelemetry/api']) continue;
    const target = join(copy, dirname(manifest), 'node_modules/@opentelemetry/api');
    if (existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    cpSync(api, target, { recursive: true });
  }
}

/** Where nothing is installed, Node's own types all the same, if a package names them: `process` is no error of the repair's. */
export function provideNodeTypes(copy, manifests, modules) {
  const names = (manifest) => existsSync(join(copy, manifest)) && /"@types\/node"\s*:/.test(readFileSync(join(copy, manifest), 'utf8'));
  if (existsSync(join(copy, 'node_modules/@types/node')) || ![...manifests, 'package.json'].some(names)) return;
  for (const name of ['@types/node', 'undici-types']) cpSync(join(modules, name), join(copy, 'node_modules', name), { recursive: true });
}
