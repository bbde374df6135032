import { table } from '../../bench/support/table.mjs';

/** docs/ecosystem.md. */
export function render(rows, repositories) {
  const sum = (of) => rows.reduce((total, row) => total + of(row), 0);
  const n = (value) => value.toLocaleString('en');
  const refusals = (refused) => Object.entries(refused).map(([code, count]) => `\`${code}\` ${count}`).join(', ') || '–';
  const count = (refused) => Object.values(refused).reduce((a, b) => a + b, 0);
  const main = table(['repository', 'lines', 'findings', 'repaired', 'refused', 'taken back', 'files changed', 'new type errors', 'second run', 'crashes'], [
    ...rows.map((row) => [`[${row.repository}](https://github.com/${row.repository}/tree/${row.commit})`, n(row.lines), row.findings, row.repaired, count(row.refused), row.reverted.length, row.changed, row.newTypeErrors.length, row.secondRun, row.crashes.length]),
    ['together', n(sum((r) => r.lines)), sum((r) => r.findings), sum((r) => r.repaired), sum((r) => count(r.refused)), sum((r) => r.reverted.length), sum((r) => r.changed), sum((r) => r.newTypeErrors.length), sum((r) => r.secondRun), sum((r) => r.crashes.length)],
  ]);
  const byRepository = new Map(repositories.map((entry) => [entry.repository, entry]));
  const how = table(['repository', 'made with', 'refused', 'dependencies', 'checked with', 'errors before'], rows.map((row) => [
    row.repository, `\`${row.tool}\``, refusals(row.refused), row.installed.length > 0 ? byRepository.get(row.repository).install.filter(({ in: folder = '.' }) => row.installed.includes(folder)).map(({ in: folder, command }) => `\`${command.join(' ')}\`${folder ? ` in \`${folder}\`` : ''}`).join(', ') : 'none',
    `${row.projects} tsconfig${row.projects === 1 ? '' : 's'}${row.unchecked.length > 0 ? `, ${row.unchecked.length} without an answer` : ''}`, n(row.typeErrorsBefore),
  ]));
  const tested = rows.filter((row) => row.tests);
  const outcome = ({ status, counts }) => `${counts.join('; ') || 'no counts'} (status ${status})`;
  const tests = tested.length === 0 ? 'None were run.' : table(['repository', 'command', 'before', 'after'], tested.map((row) => [row.repository, `\`${byRepository.get(row.repository).test.command.join(' ')}\``, outcome(row.tests.before), outcome(row.tests.after)]));
  return `<!-- Written by \`npm run ecosystem\`: do not edit. -->
# The codemod on public repositories

\`otel-handoff fix --write --assume-traced\` on copies of ${rows.length} public repositories, ${n(sum((r) => r.lines))} lines of JavaScript and TypeScript
that \`check\` reads (tests, build output and what \`.gitignore\` names are not among them).

- *repaired*, *refused*, *taken back* count channels, *findings* counts places: a channel has one or more.
- *New type errors*: the project's own \`tsc --noEmit\` (ours where it has none) on every tsconfig beside and above a changed file, before and after, compared by file, code and text. Changed
  JavaScript is parsed by Node. Where no dependencies are installed, the compiler sees the repository's own types and no others, and errors in libraries' own declarations are left out.
  A tsconfig is without an answer where the compiler did not come to look at a file, or not in time.
- *Second run*: files that the same command changes when it runs again.

${main}

## How each was run

${how}

*Made with*: the commit of otel-handoff. \`@opentelemetry/api\` is put where \`npm install\` would put it after the repair, and so are Node's types where a package names them and nothing is installed. Dependencies are installed without scripts.

## Their own tests

${tests}
`;
}
