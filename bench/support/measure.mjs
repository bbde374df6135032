// Runs a command as a process of its own and says what it took.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const gnuTime = '/usr/bin/time';

/** Wall and CPU seconds, peak memory in MB (the last two where GNU time is there), and what it printed. */
export function measure(command, args, cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'otel-handoff-time-'));
  const told = join(folder, 'time');
  const timed = existsSync(gnuTime);
  const started = performance.now();
  const { status, stdout, stderr, error } = timed
    ? spawnSync(gnuTime, ['-q', '-f', '%e %U %S %M', '-o', told, command, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
    : spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  const wall = (performance.now() - started) / 1000;
  if (error) throw error;
  // 1: findings.
  if (status !== 0 && status !== 1) throw new Error(`${command} ${args.join(' ')}: status ${status}\n${stderr.slice(-2000)}`);
  const [, user, system, kilobytes] = timed ? readFileSync(told, 'utf8').trim().split(' ').map(Number) : [];
  rmSync(folder, { recursive: true });
  return { wall, cpu: timed ? user + system : undefined, memory: timed ? kilobytes / 1024 : undefined, stdout };
}

/** Every one in turn, so that what else the machine does hits all alike; the run with the median wall time of each. */
export function alternate(measurements, runs) {
  const taken = new Map(measurements.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const { name, take } of measurements) {
      process.stderr.write(`${run + 1}/${runs} ${name}\n`);
      taken.get(name).push(take());
    }
  }
  return new Map([...taken].map(([name, all]) => [name, all.sort((a, b) => a.wall - b.wall)[Math.floor((all.length - 1) / 2)]]));
}
