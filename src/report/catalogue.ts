/** The catalogue as a table for a person, and as the stable JSON of schemas/catalogue.json. */
import type { Boundary } from '../types.ts';
import { count } from './count.ts';
import type { CatalogueEntry } from './schema.ts';

export function catalogueJson(boundaries: readonly Boundary[]): string {
  return `${JSON.stringify(boundaries.map(entryOf), null, 2)}\n`;
}

function entryOf({ id, family, package: library, versions, role, coupling, coveredBy, evidence, proof }: Boundary): CatalogueEntry {
  return {
    id, family, package: library ?? null, versions, role, coupling, evidence, proof,
    coveredBy: coveredBy.map(({ package: from, versions: range, libraryVersions, side, option, from: object }) => ({
      package: from, side,
      ...(range === undefined ? {} : { versions: range }), ...(libraryVersions === undefined ? {} : { libraryVersions }),
      ...(option === undefined ? {} : { option }), ...(object === undefined ? {} : { from: object }),
    })),
  };
}

/** Columns one under the other, and a count at the end. */
export function catalogueTable(boundaries: readonly Boundary[]): string {
  const head = ['boundary', 'role', 'in node', 'in browsers', 'covered by', 'repair', 'evidence'];
  const rows = boundaries.map((b) => [
    b.id, b.role, b.runtimes.node, b.runtimes.browser === b.runtimes['browser-zone'] ? b.runtimes.browser : `${b.runtimes.browser} (zone: ${b.runtimes['browser-zone']})`,
    [...new Set(b.coveredBy.map(shortCover))].join(', ') || '-',
    'strategy' in b.repair ? b.repair.strategy : `none: ${b.repair.refused}`, b.evidence,
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd();
  const proved = boundaries.filter((b) => b.evidence === 'proved').length;
  return `${[line(head), ...rows.map(line)].join('\n')}\n\n${count(boundaries.length, 'boundary', 'boundaries')}: ${proved} proved by a program that runs in the tests, ${boundaries.length - proved} read. \`otel-handoff explain ID\` says more of one.\n`;
}

/** Of several instrumentations that begin alike, what tells them apart. */
function shortCover({ package: name, option, unless }: Boundary['coveredBy'][number]): string {
  if (option !== undefined) return `its option ${option}`;
  return unless === undefined ? name.replace('@opentelemetry/instrumentation-', 'otel ') : 'itself';
}
