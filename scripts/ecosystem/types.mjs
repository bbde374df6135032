// What the project's own compiler says: its command line, so that nothing is shared with the type gate of `fix`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from './process.mjs';

/**
 * `{errors, projects, unchecked}`: an error is file, code and first line of text, without the place in the file. The
 * projects are the tsconfig files beside and above the changed files, up to their package's folder (or those given);
 * changed JavaScript is parsed.
 */
export function typeErrors(copy, files, root, say, projects = projectsOf(copy, files)) {
  const errors = [];
  const unchecked = [];
  for (const project of projects) {
    const ask = (more) => run(process.execPath, ['--max-old-space-size=6144', compilerFor(copy, project, root), '--noEmit', '--pretty', 'false', '-p', project, ...more], copy, { minutes: 6 });
    let said = ask([]);
    const types = existsSync(join(copy, 'node_modules/@types/node')) ? 'node' : ' ';
    // Options that this version calls outdated, and types that are not installed, keep the compiler from looking at any file.
    if (!said.timedOut && !looked(said)) said = ask(['--ignoreDeprecations', '6.0', '--types', types]);
    const found = [...said.stdout.matchAll(/^(?:(.+?)\(\d+,\d+\): )?error (TS\d+): (.*)$/gm)].map(([, file = project, code, text]) => `${file} ${code} ${text.replaceAll(copy, '')}`);
    if (said.timedOut || !looked(said)) unchecked.push(project);
    say(`  ${project}: ${said.timedOut ? 'no end in time' : `${found.length} errors`}`);
    errors.push(...found);
  }
  for (const file of files.filter((each) => /\.[cm]?js$/.test(each) && existsSync(join(copy, each)))) {
    const { status, stderr } = run(process.execPath, ['--check', file], copy);
    if (status !== 0) errors.push(`${file} parse ${/^\w*Error: .*$/m.exec(stderr)?.[0] ?? ''}`);
  }
  return { errors, projects, unchecked };
}

/** Whether the compiler came to the files: with errors of options and none of a file it did not. */
function looked({ status, stdout }) {
  return status === 0 || /^.+?\(\d+,\d+\): error TS/m.test(stdout);
}

function projectsOf(copy, files) {
  const found = new Set();
  for (const file of files.filter((each) => /\.[cm]?tsx?$/.test(each))) {
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      const names = readdirSync(join(copy, folder)).filter((name) => /^tsconfig(?:\..*)?\.json$/.test(name) && holdsFiles(join(copy, folder, name)));
      for (const name of names) found.add(join(folder, name));
      if (folder === '.' || (names.length > 0 && existsSync(join(copy, folder, 'package.json')))) break;
    }
  }
  return [...found].sort();
}

/** Not what others extend only, nor a list of references. */
function holdsFiles(path) {
  const text = readFileSync(path, 'utf8');
  return !/tsconfig\.base\.json$/.test(path) && !(/"files"\s*:\s*\[\s*\]/.test(text) && !/"include"/.test(text));
}

function compilerFor(copy, project, root) {
  for (let folder = dirname(project); ; folder = dirname(folder)) {
    const own = join(copy, folder, 'node_modules/typescript/bin/tsc');
    if (existsSync(own)) return own;
    if (folder === '.' || relative(copy, join(copy, folder)).startsWith('..')) break;
  }
  return join(root, 'node_modules/typescript/bin/tsc');
}
