/** The carrier in the headers of a client's options: `axios.get(url)` → `axios.get(url, carryIn({}, 'headers'))`. */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { contains, unwrap } from '../src/analysis/syntax.ts';
import { optionsPlace } from './support/options.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { insert, literal, wrap } from './support/text.ts';

/** For clients whose instrumentation replaces a header that is there: nothing has to be kept out. */
const carryHeaders: Strategy = (site, tools) => {
  const path = literal(tools.ts, site.source, site.boundary.slots[0]!.path.slice(0, -1).join('.'));
  const reason = unfit(site, tools);
  if (reason) return refuse('unsupported-shape', reason);
  const place = optionsPlace(site, tools);
  if ('reason' in place) return refuse('unsupported-shape', place.reason);
  const open = `${tools.helper(site.source, 'carryIn')}(`;
  if ('node' in place) return { edits: wrap(site.source, place.node, open, `, ${path})`) };
  return { edits: [insert(site.source, place.at, place.text(`${open}{}, ${path})`))] };
};

export default carryHeaders;

/** Why the header would arrive twice: undici's instrumentation adds one to that which is there, and XMLHttpRequest joins the two. */
function unfit({ source, receiver, args }: Judged, { ts, origins }: RepairTools): string | undefined {
  const made = receiver && 'built' in receiver ? receiver.built : undefined;
  const chosen = (node: ts.Node): string | undefined => {
    if (!(ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) || node.name.getText() !== 'adapter') return undefined;
    const value = ts.isPropertyAssignment(node) ? unwrap(ts, node.initializer) : undefined;
    return value && ts.isStringLiteralLike(value) ? value.text : '';
  };
  const adapts = (node: ts.Node): boolean => ![undefined, 'http'].includes(chosen(node));
  const sources = [source, made?.source ?? source];
  if (sources.some(({ ast }) => contains(ts, ast, (node) => chosen(node) === 'xhr'))) return 'the client\'s adapter is XMLHttpRequest, which joins the header to the one that an instrumentation sets';
  if (sources.some(({ ast }) => contains(ts, ast, adapts))) return 'the client has an adapter of its own, which may be fetch';
  // `{ headers, ...settings() }`: the adapter may come from there.
  const spread = args.flatMap((argument) => {
    const options = unwrap(ts, argument);
    return ts.isObjectLiteralExpression(options) ? options.properties.flatMap((part) => (ts.isSpreadAssignment(part) ? [unwrap(ts, part.expression)] : [])) : [];
  });
  const mayAdapt = (node: ts.Expression): boolean => {
    if (!ts.isCallExpression(node)) return false;
    const target = origins.functionOf(node.expression, source);
    return target === undefined || contains(ts, target.fn, adapts);
  };
  return spread.some(mayAdapt) ? 'its options come from a function that may choose an adapter' : undefined;
}
