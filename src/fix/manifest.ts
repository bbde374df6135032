/** The one dependency that repaired code has: whose package.json names it, and in which range. */
import { join } from 'node:path';
import { foldersUp, readText } from '../project/paths.ts';
import type { Package, Packages } from '../project/packages.ts';
import { newestVersion, satisfies } from '../project/versions.ts';
import type { Ts } from '../types.ts';
import type { PlacedEdit } from './edits.ts';

export const apiPackage = '@opentelemetry/api';
/** Used where it is a dependency already. */
export const logsPackage = '@opentelemetry/api-logs';
/**
 * The SDK's peer range ends before 1.10, and an API that is newer than the registered one says nothing and does nothing:
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/semver.ts
 */
const usual = '~1.9.0';
/** What the helper needs is in all of these. */
const minors = [9, 8, 7, 6, 5, 4, 3];

/**
 * The package whose package.json has to name what this file imports: a member of a workspace does so itself; a folder
 * that merely has a package.json (`{"type": "commonjs"}`, a project of a repo with one list for all) leaves it to the one above.
 */
export function dependent(packages: Packages, file: string): Package | undefined {
  const nearest = packages.packageOf(file);
  for (let pkg = nearest; pkg; pkg = pkg.parent) {
    if (pkg.own.size > 0 || (pkg.dir !== pkg.workspaceRoot && [...packages.workspaceMembers(pkg.workspaceRoot).values()].includes(pkg.dir))) return pkg;
  }
  return nearest;
}

/** What the rest of the workspace asks for; else the newest range that the package's OpenTelemetry packages take. */
export function apiRange(packages: Packages, pkg: Package): string {
  return pkg.dependencies.get(apiPackage) ?? rangeOfOthers(packages, pkg) ?? rangeByPeers(pkg) ?? usual;
}

/** The range that most members have, so that one copy serves them all. */
function rangeOfOthers(packages: Packages, pkg: Package): string | undefined {
  const ranges = new Map<string, number>();
  for (const dir of packages.workspaceMembers(pkg.workspaceRoot).values()) {
    const range = packages.packageOf(join(dir, 'package.json'))?.own.get(apiPackage);
    if (range !== undefined) ranges.set(range, (ranges.get(range) ?? 0) + 1);
  }
  return [...ranges].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}

function rangeByPeers(pkg: Package): string | undefined {
  const peers = [...pkg.dependencies.keys()].flatMap((name) => peerRange(pkg.dir, name) ?? []);
  if (peers.length === 0) return undefined;
  const candidates = ['^1.9.0', ...minors.map((minor) => `~1.${minor}.0`)];
  return candidates.find((range) => peers.every((peer) => satisfies(newestVersion(range), peer) && satisfies(range.slice(1), peer)));
}

/** Which API an installed package wants beside it. */
function peerRange(dir: string, name: string): string | undefined {
  const text = foldersUp(dir).map((folder) => readText(join(folder, 'node_modules', name, 'package.json'))).find((each) => each !== undefined);
  try {
    const { peerDependencies } = JSON.parse(text ?? '{}') as { peerDependencies?: Record<string, unknown> };
    const range = peerDependencies?.[apiPackage];
    return typeof range === 'string' ? range : undefined;
  } catch {
    return undefined;
  }
}

/** Adds `@opentelemetry/api` to the dependencies of a package.json, in its own indentation and in order; none where it is no object. */
export function declareApi(ts: Ts, path: string, text: string, range: string): PlacedEdit[] {
  const clean = text.replace(/^\uFEFF/, '');
  const file = ts.parseJsonText(path, clean);
  const root = file.statements[0]?.expression;
  if (!root || !ts.isObjectLiteralExpression(root)) return [];
  const entry = `"${apiPackage}": "${range}"`;
  const insert = (at: number, added: string): PlacedEdit[] => [{ file: path, start: at, end: at, text: added }];
  const present = root.properties.find((property) => property.name && ts.isStringLiteral(property.name) && property.name.text === 'dependencies');
  const value = present && ts.isPropertyAssignment(present) ? present.initializer : undefined;
  if (value && ts.isObjectLiteralExpression(value)) {
    const open = value.getStart(file) + 1;
    const [first] = value.properties;
    if (!first) return insert(open, entry);
    const gap = clean.slice(open, first.getStart(file));
    // `@` sorts before letters, so only other scoped packages can come first.
    const before = value.properties.filter(({ name }) => name && ts.isStringLiteral(name) && name.text < apiPackage).at(-1);
    return before ? insert(before.end, `,${gap}${entry}`) : insert(open, `${gap}${entry},`);
  }
  const list = (indent: string, line: string): string => `"dependencies": {${line}${indent}${indent}${entry}${line}${indent}}`;
  const [first] = root.properties;
  if (!first) return insert(root.getStart(file) + 1, list('', ''));
  const gap = clean.slice(root.getStart(file) + 1, first.getStart(file));
  const [indent, line] = [gap.replace(/^[^]*\n/, ''), gap.includes('\n') ? '\n' : ''];
  // Where npm puts it: before the other lists, else at the end.
  const other = root.properties.find(({ name }) => name && ts.isStringLiteral(name) && /^(dev|peer|optional)Dependencies(Meta)?$/.test(name.text));
  const last = root.properties.at(-1)!;
  return other ? insert(other.getStart(file), `${list(indent, line)},${gap}`) : insert(last.end, `,${gap}${list(indent, line)}`);
}
