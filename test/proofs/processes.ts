import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface Ended {
  stdout: string;
  stderr: string;
  status: number | null;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A Node process of ours, of the version that PROOFS_NODE names. It is killed when it is late, or when the tests end. */
export class Program {
  readonly #title: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #output: Ended = { stdout: '', stderr: '', status: null };
  readonly #watchers = new Set<() => void>();

  constructor(args: string[], cwd: string, env: NodeJS.ProcessEnv = {}, seconds = 120) {
    this.#title = args.join(' ');
    this.#child = spawn(process.env.PROOFS_NODE ?? process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.#child);
    for (const name of ['stdout', 'stderr'] as const) {
      this.#child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.#output[name] += text;
        this.#notify();
      });
    }
    const timer = setTimeout(() => {
      this.#output.stderr += `\nkilled: not ended within ${seconds} s`;
      this.#child.kill('SIGKILL');
    }, seconds * 1e3);
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#output.stderr += error.message;
      });
      this.#child.once('close', (status) => {
        clearTimeout(timer);
        running.delete(this.#child);
        this.#output.status = status;
        resolve(this.#output);
        this.#notify();
      });
    });
  }

  /** What it printed, as soon as `find` finds something in it. */
  printed<T>(find: (stdout: string) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find(this.#output.stdout);
        if (found === undefined && this.#child.exitCode === null && this.#child.signalCode === null) return;
        this.#watchers.delete(look);
        if (found === undefined) reject(this.#failure('ended too early'));
        else resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  async end(allowed: readonly number[] = [0]): Promise<Ended> {
    const ended = await this.#ended;
    if (ended.status === null || !allowed.includes(ended.status)) throw this.#failure(`ended with status ${ended.status}`);
    return ended;
  }

  stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.end();
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #failure(what: string): Error {
    return new Error([`${this.#title} ${what}`, this.#output.stdout.trim(), this.#output.stderr.trim()].filter(Boolean).join('\n'));
  }
}
