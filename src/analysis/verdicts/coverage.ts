/** What carries the context without a word in the code: an instrumentation, or the library's own option (DESIGN.md 5.5). */
import type ts from 'typescript';
import type { SourceText } from '../source.ts';
import { contains, property, unwrap } from '../syntax.ts';
import { madeBy } from '../taken.ts';
import { applies } from '../twice.ts';
import type { Evidence, Judged } from './judged.ts';
import { missedBy } from './missed.ts';
import { isNothing } from './values.ts';

/** An instrumentation that is registered, or the library's own option; notes in `native` whether the latter is on. */
export function coveredBy(evidence: Evidence, judged: Judged): string | undefined {
  const { boundary, facts } = judged;
  const made = judged.receiver && 'built' in judged.receiver ? judged.receiver.built?.source : undefined;
  for (const cover of boundary.coveredBy) {
    if (!applies(cover, boundary) || (cover.near && !cover.near.some((word) => judged.source.text.includes(word) || made?.text.includes(word)))) continue;
    const { by, why, unregistered } = facts.covering(cover);
    const library = boundary.package === undefined || cover.libraryVersions === undefined ? undefined : facts.versionOf(boundary.package);
    const fits = library === undefined || facts.satisfies(library, cover.libraryVersions!);
    if (by !== undefined && !fits) judged.why.push(`${by} carries nothing for ${boundary.package} ${library}: it does so for ${cover.libraryVersions}`);
    if (!fits) continue;
    const missed = by === undefined ? undefined : missedBy(evidence, judged, cover);
    if (missed !== undefined) judged.why.push(`${by} carries nothing here: ${missed}`);
    else if (by !== undefined) return by;
    if (why !== undefined) judged.why.push(why);
    if (unregistered !== undefined) judged.unregistered ??= { name: cover.package, dependency: unregistered };
  }
  const cover = boundary.coveredBy.find((c) => c.option !== undefined);
  judged.native = cover?.option === undefined ? false : nativeOption(evidence, judged, cover.option, cover.optionsArg ?? 0);
  if (!judged.native) return undefined;
  const version = facts.versionOf(cover!.package);
  if (version !== undefined && cover!.versions !== undefined && !facts.satisfies(version, cover!.versions)) {
    judged.native = false;
    judged.why.push(`the \`${cover!.option}\` option is passed, but ${cover!.package} ${version} has none: it needs ${cover!.versions}`);
    return undefined;
  }
  const missed = missedBy(evidence, judged, cover!);
  if (missed !== undefined) judged.why.push(`the \`${cover!.option}\` option carries nothing here: ${missed}`);
  return missed === undefined ? `the \`${cover!.option}\` option` : undefined;
}

/** Whether the library's own telemetry option is passed: at the call itself or where the receiver was made. */
function nativeOption(evidence: Evidence, judged: Judged, option: string, index: number): boolean | undefined {
  const { ts, origins } = evidence;
  const atCall = judged.boundary.match.use === 'construct' || judged.boundary.match.use === 'decorator';
  const made = atCall ? undefined : madeBy(ts, origins, judged);
  if (!atCall && (!made || made.nameOnly)) return undefined;
  const at = made ? { node: made.node.arguments?.[index], source: made.source } : { node: judged.args[index], source: judged.source };
  return setsOption(evidence, at.node, at.source, option);
}

/** Whether options set `option` to something; `undefined`: they are not in sight. */
function setsOption(evidence: Evidence, options: ts.Expression | undefined, source: SourceText, option: string, depth = 0): boolean | undefined {
  const { ts, origins } = evidence;
  if (!options) return false;
  if (depth > 4) return undefined;
  const node = unwrap(ts, options);
  if (ts.isObjectLiteralExpression(node)) {
    const given = property(ts, node, option);
    if (given) return !ts.isPropertyAssignment(given) || !isNothing(ts, given.initializer);
    for (const part of node.properties) {
      if (ts.isSpreadAssignment(part) && setsOption(evidence, part.expression, source, option, depth + 1)) return true;
    }
    return false;
  }
  if (ts.isIdentifier(node)) {
    const value = origins.values.initializer(node, source);
    return value ? setsOption(evidence, value.node, value.source, option, depth + 1) : undefined;
  }
  if (ts.isCallExpression(node)) {
    const target = origins.functionOf(node.expression, source);
    return target?.fn.body ? contains(ts, target.fn.body, (n) => ts.isPropertyAssignment(n) && n.name.getText() === option) : undefined;
  }
  return undefined;
}
