import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

function launch(title, args, { cwd, env, command = process.execPath }) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const job = { title, child, stdout: '', stderr: '', ended: undefined };
  running.add(child);
  child.stdout.setEncoding('utf8').on('data', (text) => (job.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (job.stderr += text));
  job.ended = new Promise((resolve) => {
    child.once('error', (error) => {
      running.delete(child);
      job.stderr += error.message;
      resolve('could not be started');
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code === 0 ? undefined : `ended with ${signal ?? `status ${code}`}`);
    });
  });
  return job;
}

/** An error a person can act on: what failed, and everything the program itself said. */
function failure({ title, stdout, stderr }, what) {
  return new Error([`${title} ${what}`, stdout.trim(), stderr.trim()].filter(Boolean).join('\n'));
}

async function within(job, seconds, promise, what) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => {
      job.child.kill('SIGKILL');
      reject(failure(job, `${what} within ${seconds} s`));
    }, seconds * 1e3);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Runs a program to its end and returns what it printed. Statuses other than 0 and those in `allow` are errors. */
export async function run(title, args, { seconds = 30, allow = [], ...options } = {}) {
  const job = launch(title, args, options);
  const problem = await within(job, seconds, job.ended, 'did not end');
  const status = job.child.exitCode;
  if (problem && !allow.includes(status)) throw failure(job, problem);
  return { stdout: job.stdout, stderr: job.stderr, status };
}

/** Starts a program that goes on running; `stop` ends it. */
export function start(title, args, options = {}) {
  const job = launch(title, args, options);
  return {
    /** Resolves with the match as soon as the program has printed a line like that. */
    async printed(pattern, seconds = 15) {
      const match = new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(job.stdout);
          if (found) resolve(found);
          return found;
        };
        if (look()) return;
        job.child.stdout.on('data', look);
        job.ended.then((problem) => look() ?? reject(failure(job, problem ?? `ended before it printed ${pattern}`)));
      });
      return within(job, seconds, match, `did not print ${pattern}`);
    },
    async stop(seconds = 10) {
      job.child.kill('SIGTERM');
      const problem = await within(job, seconds, job.ended, 'did not stop');
      if (problem) throw failure(job, problem);
    },
  };
}
