/**
 * `setInterval(poll, 1000)` in a request's handler → `context.with(ROOT_CONTEXT, () => setInterval(poll, 1000))`: what goes on for
 * as long as the process lives is begun in nobody's trace. Only what goes on from the moment at which it is made.
 */
import type ts from 'typescript';
import { sets } from '../src/analysis/carried.ts';
import type { Judged } from '../src/analysis/judge.ts';
import { memberName, unwrap, walk } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const beginInRoot: Strategy = (site, tools) => {
  const { ts, api } = tools;
  const { node, source } = site;
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return refuse('unsupported-shape', 'the call is not written out');
  const later = whyLater(site, node, tools);
  if (later !== undefined) return refuse('unsupported-shape', `${later}: whatever begins it then keeps its context; begin that under \`ROOT_CONTEXT\`, or as the program starts`);
  if (waits(ts, node)) return refuse('unsupported-shape', 'its arguments wait for something, which belongs to the request: work them out before');
  if ((node.flags & ts.NodeFlags.OptionalChain) !== 0) return refuse('unsupported-shape', 'it is begun only if something is there');
  return { edits: wrap(source, node, `${api(source, 'context')}.with(${api(source, 'ROOT_CONTEXT')}, () => `, ')') };
};

export default beginInRoot;

/** Why what is made here is not begun here, or may not be. */
function whyLater(site: Judged, node: ts.CallExpression | ts.NewExpression, { ts, origins }: RepairTools): string | undefined {
  const { boundary: { begun, args }, source } = site;
  if (!begun) return 'it is made here, and begun by what is called on it later';
  if (begun.as !== undefined && (begun.as === 'construct') !== ts.isNewExpression(node)) return 'it is made here, and nothing tells that it is begun here too';
  const all = node.arguments ?? [];
  if (typeof begun.given === 'number' && all[begun.given]?.kind !== ts.SyntaxKind.TrueKeyword) return 'it is made here, and begun by `start`';
  const isOptions = (argument: ts.Expression, index: number): boolean => begun.options === index
    || (begun.options === undefined && index !== args.schedule && mayBeOptions(ts, argument) && !origins.functionOf(argument, source));
  const options = all.filter(isOptions).map((argument) => {
    const written = unwrap(ts, argument);
    return ts.isIdentifier(written) ? origins.values.initializer(written, source)?.node ?? written : written;
  });
  if (typeof begun.given === 'string' && options.every((each) => !isTrue(ts, each, begun.given as string))) return `it is made here, and begun only with \`${begun.given}: true\``;
  const put = begun.unless.find((name) => options.some((each) => sets(ts, each, [name]) !== false));
  return put === undefined ? undefined : `its options may put the beginning off (\`${put}\`)`;
}

/** `process.env.REDIS_URL`, `config.port`: no options, as their names say. */
const address = /(url|uri|host|port|path|address)$/i;

function mayBeOptions(ts: Ts, argument: ts.Expression): boolean {
  const node = unwrap(ts, argument);
  if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node) || ts.isNewExpression(node) || ts.isArrayLiteralExpression(node)) return false;
  return !address.test(ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '');
}

function isTrue(ts: Ts, options: ts.Expression, name: string): boolean {
  const node = unwrap(ts, options);
  return ts.isObjectLiteralExpression(node) && node.properties.some((each) => ts.isPropertyAssignment(each) && each.name.getText() === name && each.initializer.kind === ts.SyntaxKind.TrueKeyword);
}

/** `await` and `yield` of the function around it have no place in a function of their own. */
function waits(ts: Ts, node: ts.Node): boolean {
  let found = false;
  walk(ts, node, (each) => {
    if (ts.isFunctionLike(each)) return false;
    if (ts.isAwaitExpression(each) || ts.isYieldExpression(each)) found = true;
    return undefined;
  });
  return found;
}
