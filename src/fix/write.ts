/**
 * Writing, so that a run killed anywhere leaves every file either old or new.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { FileChange } from './unit.ts';

export class WriteError extends Error {
  override name = 'WriteError';
  readonly path: string;
  /** What had been written before it went wrong. */
  readonly written: string[];

  constructor(file: string, written: string[], cause: unknown) {
    super(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.path = file;
    this.written = written;
  }
}

const TEMPORARY = /^\.otel-handoff-(\d+)-\d+\.tmp$/;
let counter = 0;

/**
 * Writes the changes in the order given and returns the paths. Nothing at all is written if a file differs from its
 * `before` at the start; a file that comes to differ later ends the run with a `WriteError`.
 */
export function writeAtomically(changes: readonly FileChange[]): string[] {
  const written: string[] = [];
  const targets = changes.map((change) => attempt(change.path, written, () => {
    const target = targetOf(change);
    assertUnchanged(change, target);
    return target;
  }));
  for (const folder of new Set(targets.map((target) => path.dirname(target)))) removeStrays(folder);
  changes.forEach((change, index) => {
    attempt(change.path, written, () => writeOne(change, targets[index]!));
    written.push(change.path);
  });
  return written;
}

function attempt<T>(file: string, written: string[], action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new WriteError(file, written, error);
  }
}

/** The file itself: a symbolic link stays one, and what it points to is written. */
function targetOf(change: FileChange): string {
  if (change.before === undefined && !fs.lstatSync(change.path, { throwIfNoEntry: false })) return change.path;
  return fs.realpathSync(change.path);
}

function assertUnchanged(change: FileChange, target: string): void {
  if (change.before === undefined) {
    if (fs.existsSync(target)) throw new Error('exists by now; somebody has made it since it was analysed.');
    return;
  }
  // Bytes, so that a file that isn't UTF-8 is never written back damaged.
  if (!fs.readFileSync(target).equals(Buffer.from(change.before, 'utf8'))) {
    throw new Error('is no longer what was analysed; somebody has edited it meanwhile (or it is not UTF-8).');
  }
  fs.accessSync(target, fs.constants.W_OK);
}

function writeOne(change: FileChange, target: string): void {
  const folder = path.dirname(target);
  fs.mkdirSync(folder, { recursive: true });
  const mode = change.before === undefined ? undefined : fs.statSync(target).mode & 0o7777;
  const { descriptor, temporary } = openTemporary(folder);
  try {
    try {
      fs.writeFileSync(descriptor, change.after, 'utf8');
      if (mode !== undefined) fs.fchmodSync(descriptor, mode);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    assertUnchanged(change, target);
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

function openTemporary(folder: string): { descriptor: number; temporary: string } {
  for (;;) {
    const temporary = path.join(folder, `.otel-handoff-${process.pid}-${counter++}.tmp`);
    try {
      return { descriptor: fs.openSync(temporary, 'wx', 0o666), temporary };
    } catch (error) {
      // Left by a dead run that had the same process id.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A rename lasts once its folder is on the disk. Not every file system can be asked. */
function syncFolder(folder: string): void {
  try {
    const descriptor = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // The file is in place all the same.
  }
}

function removeStrays(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? Number.NaN);
    const file = path.join(folder, name);
    if (Number.isNaN(pid) || (pid !== process.pid && isRunning(pid) && isFresh(file))) continue;
    fs.rmSync(file, { force: true });
  }
}

/** A running process of that number may be another one by now: ours lives for milliseconds. */
function isFresh(file: string): boolean {
  return Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 600_000;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
