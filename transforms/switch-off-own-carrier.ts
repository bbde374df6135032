/** `new Anthropic()` → `new Anthropic({ openTelemetry: { propagation: false } })`: a library's own carrier goes, the instrumentation's stays. */
import type ts from 'typescript';
import { property, unwrap } from '../src/analysis/syntax.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import { withProperty } from './support/properties.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, replace } from './support/text.ts';

const switchOffOwnCarrier: Strategy = ({ args, boundary, node, source }, { ts }) => {
  const own = boundary.coveredBy.find((cover) => cover.unless !== undefined);
  const path = own?.unless?.[0];
  if (!path || !ts.isNewExpression(node)) return refuse('carried-twice', 'the catalogue does not say which option switches it off');
  const given = args[own.optionsArg ?? 0];
  if (!given) {
    const open = node.arguments === undefined ? { at: node.expression.end, text: `(${objectOf(path)})` } : { at: node.arguments.pos, text: objectOf(path) };
    return args.length > 0 ? refuse('carried-twice', 'the arguments are not written out here') : { edits: [insert(source, open.at, open.text)] };
  }
  const edit = off(unwrap(ts, given), path);
  return edit ? { edits: [edit] } : refuse('carried-twice', `its options are not written out here: set \`${path.join('.')}: false\` where they are made`);

  function off(value: ts.Expression, [name, ...rest]: readonly string[]): PlacedEdit | undefined {
    if (!ts.isObjectLiteralExpression(value) || name === undefined || value.properties.some((part) => ts.isSpreadAssignment(part))) return undefined;
    const found = property(ts, value, name);
    if (!found) return withProperty(source, value, `${name}: ${rest.length === 0 ? 'false' : objectOf(rest)}`);
    if (!ts.isPropertyAssignment(found)) return undefined;
    const inner = unwrap(ts, found.initializer);
    if (inner.kind !== ts.SyntaxKind.TrueKeyword) return rest.length === 0 ? undefined : off(inner, rest);
    return replace(source, found.initializer, rest.length === 0 ? 'false' : objectOf(rest));
  }
};

export default switchOffOwnCarrier;

/** `['openTelemetry', 'propagation']` → `{ openTelemetry: { propagation: false } }`. */
function objectOf(path: readonly string[]): string {
  return path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, 'false');
}
