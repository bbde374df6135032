import { spawnSync } from 'node:child_process';

/** Runs a command as a process of its own, without what this one's environment holds beyond the usual. */
export function run(program, args, cwd, { minutes = 10, env = {} } = {}) {
  const kept = Object.fromEntries(['PATH', 'HOME', 'LANG', 'TMPDIR', 'npm_config_registry', 'npm_config_cafile', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 29, timeout: minutes * 60_000, killSignal: 'SIGKILL', env: { ...kept, ...env } });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '', timedOut: error?.code === 'ETIMEDOUT' };
}
