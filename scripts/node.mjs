// Another version of Node, from npm: nodeBinary('22') installs it below .demo/ once, and says where it is.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const demo = fileURLToPath(new URL('../.demo', import.meta.url));

/** @param {string} version a major version, or a whole one */
export function nodeBinary(version) {
  if (!/^\d+(\.\d+){0,2}$/.test(version)) throw new Error(`not a version of Node: ${version}`);
  const folder = join(demo, `node-${version}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = join(folder, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, `${name}@${version}`], { stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0 || !existsSync(binary)) throw new Error(`npm has no ${name}@${version}`);
  }
  return binary;
}
