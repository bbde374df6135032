/** A temporary mirror of the repository, for a compiler that has no API that is known: its own `tsc` runs there, on the texts that are tried. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RawProblem } from './problems.ts';
import { rawProblemAt, type WholeChecker } from './whole-group.ts';

type Before = (file: string) => string | null | undefined;

const COPIED = /\.([cm]?[jt]sx?|json)$/;
const CONFIG = 'tsconfig.otel-handoff-mirror.json';

export class MirrorChecker implements WholeChecker {
  readonly #compiler: string;
  readonly #root: string;
  readonly #mirror: string;
  readonly #before: Before;
  /** What differs from the repository. */
  #texts: ReadonlyMap<string, string> = new Map();

  /** `home`: the compiler's package; `root`: what is mirrored. */
  constructor(home: string, root: string, before: Before) {
    const { bin } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')) as { bin: { tsc: string } };
    this.#compiler = path.join(home, bin.tsc);
    this.#root = fs.realpathSync(root);
    this.#before = before;
    this.#mirror = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'otel-handoff-mirror-')));
    try {
      this.#copy('');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  check(config: string, texts: ReadonlyMap<string, string>): { files: ReadonlySet<string>; problems: RawProblem[] } {
    for (const file of new Set([...this.#texts.keys(), ...texts.keys()])) this.#place(file, texts.get(file) ?? this.#original(file));
    this.#texts = texts;
    // No references: what would be read from what they were built to is read from its sources then.
    const own = path.join(path.dirname(this.#there(config)), CONFIG);
    fs.writeFileSync(own, JSON.stringify({ extends: `./${path.basename(config)}`, compilerOptions: { composite: false, incremental: false, noEmit: true, skipLibCheck: true } }));
    try {
      const { status, stdout, stderr, error } = spawnSync(process.execPath, [this.#compiler, '-p', own, '--pretty', 'false', '--listFiles'], { cwd: this.#mirror, encoding: 'utf8', maxBuffer: 2 ** 28 });
      if (error) throw error;
      if (status !== 0 && !/error TS\d+:/.test(stdout)) throw new Error(stderr.trim() || `tsc ended with status ${status}`);
      return this.#read(stdout);
    } finally {
      fs.rmSync(own);
    }
  }

  close(): void {
    fs.rmSync(this.#mirror, { recursive: true, force: true });
  }

  /** Sources and settings are copied, what is installed is linked; packages of the workspace lead to their copies. */
  #copy(folder: string): void {
    const [from, to] = [path.join(this.#root, folder), path.join(this.#mirror, folder)];
    fs.mkdirSync(to, { recursive: true });
    for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (entry.name === 'node_modules') this.#link(name);
      else if (entry.isDirectory() && !entry.name.startsWith('.')) this.#copy(name);
      else if (entry.isSymbolicLink()) fs.symlinkSync(this.#target(path.join(from, entry.name)), path.join(to, entry.name));
      else if (entry.isFile() && COPIED.test(entry.name)) fs.copyFileSync(path.join(from, entry.name), path.join(to, entry.name), fs.constants.COPYFILE_FICLONE);
    }
  }

  #link(folder: string): void {
    const from = path.join(this.#root, folder);
    fs.mkdirSync(path.join(this.#mirror, folder), { recursive: true });
    for (const entry of fs.readdirSync(from)) {
      if (entry.startsWith('.')) continue;
      if (entry.startsWith('@') && !folder.endsWith(entry)) this.#link(path.join(folder, entry));
      else fs.symlinkSync(this.#target(path.join(from, entry)), path.join(this.#mirror, folder, entry));
    }
  }

  #target(link: string): string {
    if (!fs.existsSync(link)) return link;
    const real = fs.realpathSync(link);
    const inside = path.relative(this.#root, real);
    return inside.startsWith('..') || path.isAbsolute(inside) || inside.split(path.sep).includes('node_modules') ? real : path.join(this.#mirror, inside);
  }

  #place(file: string, text: string | undefined): void {
    const there = this.#there(file);
    if (text === undefined) {
      fs.rmSync(there, { force: true });
      return;
    }
    fs.mkdirSync(path.dirname(there), { recursive: true });
    fs.writeFileSync(there, text);
  }

  #original(file: string): string | undefined {
    const before = this.#before(file);
    if (before !== undefined) return before ?? undefined;
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }

  #there(file: string): string {
    return path.join(this.#mirror, path.relative(this.#root, file));
  }

  #here(name: string): string {
    const inside = path.relative(this.#mirror, path.resolve(this.#mirror, name));
    return inside.startsWith('..') ? path.resolve(this.#mirror, name) : path.join(this.#root, inside);
  }

  /** `a.ts(1,2): error TS2322: …`, with more of the message on lines that are indented; and the list of files. */
  #read(output: string): { files: ReadonlySet<string>; problems: RawProblem[] } {
    const files = new Set<string>();
    const problems: RawProblem[] = [];
    let last: RawProblem | undefined;
    for (const line of output.split(/\r?\n/)) {
      const [, name, row, column, code, message] = /^(?:(.+?)\((\d+),(\d+)\): )?error TS(\d+): (.*)$/.exec(line) ?? [];
      if (code !== undefined) {
        const file = name === undefined ? '' : this.#here(name);
        const text = file === '' ? '' : this.#texts.get(file) ?? this.#original(file)?.replace(/^\uFEFF/, '') ?? '';
        last = file === '' ? { file, start: 0, line: 0, column: 0, code: Number(code), text: message!, sourceLine: '' } : rawProblemAt(file, text, offset(text, Number(row), Number(column)), Number(code), message!);
        problems.push(last);
      } else if (/^\s+\S/.test(line) && last) {
        last.text += `\n${line}`;
      } else if (path.isAbsolute(line)) {
        files.add(this.#here(line));
      }
    }
    // Its own settings are at fault for what nobody can see.
    return { files, problems: problems.map((problem) => path.basename(problem.file) === CONFIG ? { ...problem, file: '' } : problem) };
  }
}

function offset(text: string, row: number, column: number): number {
  return text.split('\n').slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0) + column - 1;
}
