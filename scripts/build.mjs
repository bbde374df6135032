#!/usr/bin/env node
// Compiles to build/, and makes of that what is shipped, dist/: some tens of files to load in place of some hundreds, the types
// that the public ones need, and the helper module's source beside the code that places it in a user's repo.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const [build, dist] = [join(root, 'build'), join(root, 'dist')];
const ship = (path, from = build) => cpSync(join(from, path), join(dist, path));

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-b', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });

const bundle = await rolldown({
  cwd: build,
  // The thread's file is found beside the one that starts it, which is shared.
  input: { 'src/cli/main': './src/cli/main.js', 'src/index': './src/index.js', 'src/api': './src/api.js', 'src/shared/reading-worker': './src/project/reading-worker.js' },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  plugins: [{ name: 'built-in', load: { filter: { id: /catalogue[\\/]built-in\.js$/ }, handler: parsed } }],
});
await bundle.write({
  dir: dist, cleanDir: true, format: 'esm', minify: false, minifyInternalExports: false,
  entryFileNames: '[name].js',
  chunkFileNames: (chunk) => (chunk.isDynamicEntry ? relative(build, chunk.facadeModuleId) : `src/shared/${nameOf(chunk)}.js`),
});
await bundle.close();

/** The catalogue's data as it is after validation: not every run need do that again. */
async function parsed(id) {
  const { builtIn } = await import(pathToFileURL(id).href);
  return `export const builtIn = ${JSON.stringify(builtIn, null, '\t')};\n`;
}

/** What is loaded by several: the large ones are called as the folder that most of their modules are from. */
function nameOf({ name, moduleIds }) {
  const folder = ['analysis/judge.js', 'catalogue/catalogue.js', 'project/project.js'].find((path) => moduleIds.includes(join(build, 'src', path)));
  return folder === undefined ? basename(name) : dirname(folder);
}

const declarations = new Set(['src/index.d.ts', 'src/api.d.ts']);
for (const path of declarations) {
  ship(path);
  for (const { fileName } of ts.preProcessFile(readFileSync(join(build, path), 'utf8')).importedFiles) {
    if (fileName.startsWith('.')) declarations.add(join(dirname(path), fileName).replace(/\.ts$/, '.d.ts'));
  }
}
ship('transforms/runtime/handoff.ts', root);
chmodSync(join(dist, 'src/cli/main.js'), 0o755);
