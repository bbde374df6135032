/** What a code host has to know: where the working directory lies in its repository, and where it shows this commit. */
import type { FormatOptions } from '../report/formats.ts';
import { uriOf } from '../report/places.ts';
import { gitRootOf, relativePath } from '../project/paths.ts';

/**
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function hostOf(cwd: string, env: NodeJS.ProcessEnv): Pick<FormatOptions, 'prefix' | 'sourceUrl'> {
  const root = gitRootOf(cwd);
  const prefix = root === undefined ? '' : relativePath(root, cwd);
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha, CI_PROJECT_URL: project, CI_COMMIT_SHA: commit } = env;
  if (server && repository && sha) return { prefix, sourceUrl: `${server}/${uriOf(repository)}/blob/${sha}/` };
  return project && commit ? { prefix, sourceUrl: `${project}/-/blob/${commit}/` } : { prefix };
}
