/** The one dependency that repaired code has. */
import type { PlacedEdit } from './edits.ts';

export const apiPackage = '@opentelemetry/api';
/** Used where it is a dependency already. */
export const logsPackage = '@opentelemetry/api-logs';
const range = '^1.9.0';

/** Adds `@opentelemetry/api` to the dependencies of a package.json, in its own indentation and in order. */
export function declareApi(path: string, text: string): PlacedEdit[] {
  const clean = text.replace(/^\uFEFF/, '');
  const list = /"dependencies"\s*:\s*\{/.exec(clean);
  if (list) {
    const open = list.index + list[0].length;
    const body = clean.slice(open, clean.indexOf('}', open));
    const entries = [...body.matchAll(/(\s*)"([^"]+)"\s*:\s*"[^"]*"/g)];
    const first = entries[0];
    if (!first) return [{ file: path, start: open, end: open, text: `"${apiPackage}": "${range}"` }];
    // `@` sorts before letters, so only other scoped packages can come first.
    const before = entries.filter((e) => e[2]! < apiPackage).at(-1);
    const gap = first[1]!;
    if (!before) return [{ file: path, start: open, end: open, text: `${gap}"${apiPackage}": "${range}",` }];
    const at = open + before.index + before[0].length;
    return [{ file: path, start: at, end: at, text: `,${gap}"${apiPackage}": "${range}"` }];
  }
  const open = clean.indexOf('{') + 1;
  if (open === 0) return [];
  const gap = /^\s*/.exec(clean.slice(open))?.[0] ?? '';
  const indent = gap.replace(/^[^]*\n/, '');
  const line = gap.includes('\n') ? '\n' : '';
  const rest = /^\s*\}/.test(clean.slice(open)) ? '' : ',';
  return [{ file: path, start: open, end: open, text: `${line}${indent}"dependencies": {${line}${indent}${indent}"${apiPackage}": "${range}"${line}${indent}}${rest}` }];
}
