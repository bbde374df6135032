#!/usr/bin/env node
/** The command line: finds the command, turns what goes wrong into one clear line and a status. */
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { UsageError } from '../project/errors.ts';
import { suggestion } from '../project/config-errors.ts';
import { relativePath } from '../project/paths.ts';
import { count } from '../report/count.ts';
import { version } from '../version.ts';
import { plainly } from './plainly.ts';

type Command = { help: string; run(args: readonly string[]): Promise<number> };

const commands: Readonly<Record<string, { load: () => Promise<Command>; about: string }>> = {
  check: { load: () => import('./check.ts'), about: 'findings; the gate in CI' },
  fix: { load: () => import('./fix.ts'), about: 'the codemod: a diff, or with --write the repair' },
  explain: { load: () => import('./explain.ts'), about: 'what happens at a boundary, a rule\'s handoffs, or a line of code, and why' },
  catalogue: { load: () => import('./catalogue.ts'), about: 'the boundaries it knows, what covers each, and whether it is proved or read' },
};

const help = `otel-handoff ${version}: finds and repairs handoffs where an OpenTelemetry trace goes dark

Usage: otel-handoff <command> [paths…] [options]

${Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`).join('\n')}

\`otel-handoff <command> --help\` lists a command's options.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(help);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError('otel-handoff', `unknown command "${name}"`, suggestion(name, Object.keys(commands)));
  const { help: usage, run } = await command.load();
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (options.includes('--help') || options.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  return run(args);
}

/** One line for what a person can mend; a stack for what we have to. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return `otel-handoff failed: ${String(error)}`;
  if (error.name === 'UsageError') return error.message;
  if (error.name === 'WriteError') {
    const { path, written, cause } = error as Error & { path: string; written: string[] };
    const why = plainly((cause as Error).message).replace(/\.$/, '');
    return `${relativePath(process.cwd(), path)}: ${why}; ${written.length === 0 ? 'nothing was written' : `written before: ${count(written.length, 'file')}; the same command with --allow-dirty finishes the job`}`;
  }
  return `otel-handoff failed, please report it: ${error.stack ?? error.message}`;
}

// From Node 22.8 on: what was compiled once, in the system's folder for temporary files, is a fifth of the time of a small run.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();
// Trees come and go: unless V8 is told to collect them sooner, a large repo takes twice the memory and is done no earlier.
setFlagsFromString('--heap-growing-percent=30');

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away (`| head`) is no error.
    if (error.code === 'EPIPE') return;
    process.exitCode = 2;
    if (stream === process.stdout) console.error(`otel-handoff: the report can't be written (${error.code})`);
  });
}

try {
  const status = await main(process.argv.slice(2));
  process.exitCode ??= status;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 2;
}
