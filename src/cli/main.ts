#!/usr/bin/env node
/** The command line: finds the command, turns what goes wrong into one clear line and a status. */
import { UsageError } from '../project/errors.ts';
import { suggestion } from '../project/config-errors.ts';
import { version } from '../version.ts';

type Command = { help: string; run(args: readonly string[]): number | Promise<number> };

const commands: Readonly<Record<string, { load: () => Promise<Command>; about: string }>> = {
  check: { load: () => import('./check.ts'), about: 'findings; the gate in CI' },
  fix: { load: () => import('./fix.ts'), about: 'the codemod: a diff, or with --write the repair' },
};

const help = `otel-handoff ${version}: finds and repairs handoffs where an OpenTelemetry trace goes dark

Usage: otel-handoff <command> [paths…] [options]

${Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`).join('\n')}

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
  const command = commands[name];
  if (!command) {
    const near = suggestion(name, Object.keys(commands));
    throw new UsageError('otel-handoff', `unknown command "${name}"`, near ? `did you mean ${near}?` : `it knows ${Object.keys(commands).join(', ')}`);
  }
  const { help: usage, run } = await command.load();
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  return run(args);
}

// A reader that goes away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : `otel-handoff failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  process.exitCode = 2;
}
