/**
 * `new Queue('mail', { connection })` → `…, { connection, telemetry: new BullMQOtel() })`: a library's own telemetry
 * option, where the package depends on what the option takes. For `--prefer native`.
 */
import type ts from 'typescript';
import { property, unwrap } from '../src/analysis/syntax.ts';
import { madeBy } from '../src/analysis/taken.ts';
import { missedBy } from '../src/analysis/verdicts/missed.ts';
import { withProperty } from './support/properties.ts';
import { refuse, type Strategy } from './support/strategy.ts';

const switchOnTelemetry: Strategy = (site, { ts, origins, library, once }) => {
  const { boundary, facts } = site;
  const cover = boundary.coveredBy.find((each) => each.option !== undefined && each.made !== undefined);
  if (!cover?.option || !cover.made || !cover.from || !facts.dependsOn(cover.from)) return refuse('no-repair', 'the package has no telemetry for the library');
  const version = facts.versionOf(cover.package);
  if (version !== undefined && cover.versions !== undefined && !facts.satisfies(version, cover.versions)) return refuse('version-too-old', `${cover.package} ${version} has no such option`);
  const own = facts.versionOf(cover.from);
  if (own !== undefined && !facts.satisfies(own, cover.made.versions)) return refuse('version-too-old', `${cover.from} ${own} is made in another way`);
  if (site.twice) return refuse('carried-twice', 'it is carried already');
  const missed = missedBy({ ts, origins }, site, cover);
  if (missed !== undefined) return refuse('unsupported-shape', `the \`${cover.option}\` option would carry nothing here: ${missed}`);
  const built = builtBy();
  if (!built) return refuse('unsupported-shape', 'where it is made is not in sight');
  const { node, source } = built;
  const args = node.arguments ?? [];
  const index = cover.optionsArg ?? 0;
  if (args.some((argument) => ts.isSpreadElement(argument)) || args.length < index) return refuse('unsupported-shape', 'the arguments are not written out');
  const given = args[index] && unwrap(ts, args[index]);
  // Without any the connection would be missing, which such options can't do without.
  if (!given || !ts.isObjectLiteralExpression(given) || property(ts, given, cover.option) || given.properties.some((part) => ts.isSpreadAssignment(part))) return refuse('unsupported-shape', 'its options are not written out');
  // All that one queue is given goes through the same option.
  if (!once(`${source.path}:${node.pos}`)) return { edits: [] };
  const made = `${cover.option}: new ${library(source, cover.from, cover.made.export)}()`;
  return { edits: [withProperty(source, given, made)] };

  function builtBy(): { node: ts.NewExpression | ts.CallExpression; source: typeof site.source } | undefined {
    if (boundary.match.use === 'construct') return ts.isNewExpression(site.node) ? { node: site.node, source: site.source } : undefined;
    if (boundary.match.use === 'decorator') return ts.isCallExpression(site.node) ? { node: site.node, source: site.source } : undefined;
    const found = madeBy(ts, origins, site);
    return found && !found.nameOnly ? found : undefined;
  }
};

export default switchOnTelemetry;
