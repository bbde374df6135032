/** `--since`: which files changed, and which findings have to do with them. */
import { resolve } from 'node:path';
import { git, gitComplaint, gitMeanwhile } from '../fix/git.ts';
import { UsageError } from '../project/errors.ts';
import { gitRootOf } from '../project/paths.ts';
import type { Finding } from '../types.ts';

/**
 * Absolute paths of what is not as it was where HEAD and `ref` part: committed since, changed in the working tree, staged
 * or not yet tracked. Deleted files are among them. Rejects with a `UsageError` where git can't tell.
 */
export async function changedSince(cwd: string, ref: string): Promise<Set<string>> {
  const where = `--since ${ref}`;
  const root = gitRootOf(cwd);
  if (root === undefined) throw new UsageError(where, 'this is no git repository', 'leave --since out to check everything');
  const base = git(root, ['merge-base', '--end-of-options', 'HEAD', `${ref}^{commit}`])?.trim() || explained(root, ref, where);
  const [changed, untracked] = await Promise.all([
    gitMeanwhile(root, ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all', base, '--']),
    gitMeanwhile(root, ['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  if (changed === undefined || untracked === undefined) throw new UsageError(where, 'git could not say what changed');
  return new Set([...changed.split('\0'), ...untracked.split('\0')].filter(Boolean).map((name) => resolve(root, name)));
}

/** Where HEAD and `ref` part, asked step by step: throws with the first that fails. */
function explained(root: string, ref: string, where: string): string {
  const complaint = gitComplaint(root, ['rev-parse', '--git-dir']);
  if (complaint !== undefined) throw new UsageError(where, `git can't read this repository (${complaint})`, 'leave --since out to check everything');
  const shallow = git(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true';
  const deepen = 'fetch more of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout, or `GIT_DEPTH: 0` for GitLab';
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])?.trim();
  if (commit === undefined || commit === '') {
    throw new UsageError(where, shallow ? 'no such commit, branch or tag in this shallow clone' : 'no such commit, branch or tag', shallow ? deepen : 'a branch of the remote is `origin/NAME`, and has to be fetched');
  }
  const base = git(root, ['merge-base', 'HEAD', commit])?.trim();
  if (base === undefined || base === '') {
    throw new UsageError(where, shallow ? 'where it and HEAD part is not in this shallow clone' : 'it and HEAD have no commit in common', shallow ? deepen : undefined);
  }
  return base;
}

/** Findings in a changed file, and those whose other side is in one. */
export function concerned<T extends Pick<Finding, 'path' | 'related'>>(findings: readonly T[], cwd: string, changed: ReadonlySet<string>): T[] {
  return findings.filter(({ path, related }) => [path, ...related.map((peer) => peer.path)].some((each) => changed.has(resolve(cwd, each))));
}
