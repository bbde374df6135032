import { execFile, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import path from 'node:path';

/**
 * Absolute paths of what git calls changed or untracked inside `cwd`; undefined where there is no repository or no git.
 * Nothing of the repository is executed (fsmonitor and hooks are off) and its index is not written.
 */
export function dirtyFiles(cwd: string): string[] | undefined {
  const prefix = git(cwd, ['rev-parse', '--show-prefix'])?.replace(/\r?\n$/, '');
  if (prefix === undefined) return undefined;
  const status = git(cwd, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=all', '--', '.']);
  if (status === undefined) return undefined;
  const files = new Set<string>();
  const entries = status.split('\0');
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.length < 4) continue;
    const names = [entry.slice(3)];
    // A rename or copy names its source in an entry of its own.
    if (/[RC]/.test(entry.slice(0, 2))) names.push(entries[++i]!);
    for (const name of names) {
      if (name.startsWith(prefix)) files.add(path.resolve(cwd, name.slice(prefix.length)));
    }
  }
  return [...files].sort();
}

/** What a git command prints; undefined where it fails or there is no git. */
export function git(cwd: string, args: string[]): string | undefined {
  const { status, error, stdout } = spawnGit(cwd, args);
  return status === 0 && !error ? stdout : undefined;
}

/** What a git command complains of, in one line; undefined where it succeeds. */
export function gitComplaint(cwd: string, args: string[]): string | undefined {
  const { status, error, stderr } = spawnGit(cwd, args);
  if (error) return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not installed' : error.message;
  return status === 0 ? undefined : stderr.trim().split('\n')[0]!.replace(/^fatal: /, '') || `git ended with status ${status}`;
}

/** The same, while others do their work. */
export function gitMeanwhile(cwd: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', [...safe, ...args], settings(cwd), (error, stdout) => { resolve(error ? undefined : stdout); });
  });
}

const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false'];

function spawnGit(cwd: string, args: string[]): SpawnSyncReturns<string> {
  return spawnSync('git', [...safe, ...args], settings(cwd));
}

function settings(cwd: string): { cwd: string; env: NodeJS.ProcessEnv; encoding: 'utf8'; maxBuffer: number } {
  const env: NodeJS.ProcessEnv = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
  // Set inside a hook, and then they name another repository or an unfinished index.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']) delete env[name];
  return { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 };
}
