/** Programs in pages of one headless Chromium, which is started with the first of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

/** What a page printed, and a line of JSON for each of its spans. */
export interface Shown {
  lines: string[];
  records: string[];
}

interface Page {
  /** Where its modules are. */
  folder: string;
  code: string;
  prints: number;
  /** What its workers recorded. */
  records: string[];
  done(shown: Shown & { error?: string }): void;
}

export const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

let browser: Promise<Browser> | undefined;

/** Runs a module in a page until it has printed so many lines; `service` is what it asks. */
export async function runInPage(file: string, prints: number, service?: string): Promise<Shown> {
  const code = await bundled(file, service);
  browser ??= Browser.start();
  return (await browser).run(dirname(file), code, prints);
}

/** As a bundler does it: what stands in for a setting is its text. */
async function bundled(file: string, service = ''): Promise<string> {
  const bundle = await rolldown({ input: file, platform: 'browser', logLevel: 'silent', transform: { define: { 'process.env.SERVICE_URL': JSON.stringify(service) } } });
  const { output: [{ code }] } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return code;
}

export async function closePages(): Promise<void> {
  const open = await browser;
  browser = undefined;
  await open?.close();
}

/** A page of its own asks for programs, and puts each into a frame: nothing has to drive the browser. */
class Browser {
  readonly #pages = new Map<string, Page>();
  readonly #server: Server;
  readonly #profile = mkdtempSync(join(tmpdir(), 'handoff-chromium-'));
  #process: ChildProcess | undefined;
  #waiting: string[] = [];
  #asking: ((name: string) => void) | undefined;
  #output = '';

  private constructor() {
    this.#server = createServer((req, res) => void this.#answer(req, res));
  }

  static async start(): Promise<Browser> {
    if (chromium === undefined) throw new Error('there is no Chromium');
    const it = new Browser();
    await new Promise<void>((resolve) => it.#server.listen(0, '127.0.0.1', resolve));
    // The flags keep it from looking for hosts of its own.
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--window-size=800,600', `--user-data-dir=${it.#profile}`];
    it.#process = spawn(chromium, [...flags, `http://127.0.0.1:${(it.#server.address() as AddressInfo).port}/`], { stdio: ['ignore', 'ignore', 'pipe'] });
    it.#process.stderr?.on('data', (text: Buffer) => { it.#output += String(text); });
    process.once('exit', () => it.#process?.kill('SIGKILL'));
    return it;
  }

  run(folder: string, code: string, prints: number, seconds = 60): Promise<Shown> {
    const name = `page-${this.#pages.size + 1}`;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the page has not printed ${prints} lines within ${seconds} s\n${this.#output}`)), seconds * 1e3);
      this.#pages.set(name, {
        folder, code, prints, records: [],
        done: ({ error, lines, records }) => {
          clearTimeout(late);
          if (error === undefined) resolve({ lines, records: [...records, ...this.#pages.get(name)!.records] });
          else reject(new Error(error));
        },
      });
      if (this.#asking) this.#asking(name);
      else this.#waiting.push(name);
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once('close', resolve));
    this.#process?.kill('SIGTERM');
    await ended;
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, name = '', what = ''] = (req.url ?? '').split('/');
    const page = this.#pages.get(name);
    if (name === '') res.setHeader('content-type', 'text/html').end(frames);
    else if (name === 'next') res.end(this.#waiting.shift() ?? await new Promise<string>((resolve) => { this.#asking = (next) => { this.#asking = undefined; resolve(next); }; }));
    else if (page && what === '') res.setHeader('content-type', 'text/html').end(html(page.prints));
    else if (page && what === 'main.js') res.setHeader('content-type', 'text/javascript').end(page.code);
    // A worker's module: it has no console that the page sees, and tells its spans itself.
    else if (page && /^[\w-]+\.mjs$/.test(what)) res.setHeader('content-type', 'text/javascript').end(await bundled(join(page.folder, what)));
    else if (page && what === 'record') {
      page.records.push(await bodyOf(req));
      res.end();
    } else if (page && what === 'done') {
      const shown = JSON.parse(await bodyOf(req)) as Shown;
      res.end();
      page.done(shown);
    } else res.setHeader('content-type', 'application/json').end(JSON.stringify({ asked: req.url?.split('?')[1] ?? '' }));
  }
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of req) body += String(piece);
  return body;
}

const frames = `<!doctype html><script type="module">
for (;;) {
  const name = await (await fetch('/next')).text();
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { position: 'absolute', top: 0, left: 0 });
  frame.src = '/' + name + '/';
  document.body.append(frame);
}
</script>`;

const html = (prints: number): string => `<!doctype html><body><script>
const lines = [];
globalThis.records = [];
const tell = (shown) => fetch('done', { method: 'POST', body: JSON.stringify(shown) });
const later = setTimeout;
console.log = (line) => {
  if (lines.push(line) === ${prints}) later(() => tell({ lines, records: globalThis.records }));
};
addEventListener('error', ({ message, error }) => tell({ error: String(error?.stack ?? message) }));
addEventListener('unhandledrejection', ({ reason }) => tell({ error: String(reason?.stack ?? reason) }));
</script><script type="module" src="main.js"></script>`;
