/** This package's version, as package.json says. */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// From sources the manifest is one folder up, from dist two.
const manifest = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))!;

export const version: string = (createRequire(import.meta.url)(fileURLToPath(manifest)) as { version: string }).version;
