/**
 * A tool server's handler: its body in the context of the request's `_meta`. Which parameter has that is told by how the
 * tool is registered: a tool without arguments is given it first.
 */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { memberName, property, unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import { extractFrom } from './support/message.ts';
import { slotOf } from './support/slots.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';

const extractInTool: Strategy = (site, tools) => {
  const parameter = requestParameter(site, tools);
  if (parameter === undefined) return refuse('unsupported-shape', 'nothing tells whether the handler is given arguments before the request: that depends on a schema that is not in sight');
  const version2 = site.receiver?.kind === 'library' && !site.receiver.module.startsWith('@modelcontextprotocol/sdk');
  const slot = slotOf(site, (each) => each.in === 'message' && (each.path[0] === 'mcpReq') === version2);
  return slot ? extractFrom({ ...slot, parameter }, site, tools) : refuse('unsupported-shape', 'the catalogue does not say where the carrier comes');
};

export default extractInTool;

function requestParameter({ node, args }: Judged, tools: RepairTools): number | undefined {
  const { ts } = tools;
  switch (ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined) {
    case 'registerTool': return afterSchema(tools, args[1], 'inputSchema');
    case 'registerPrompt': return afterSchema(tools, args[1], 'argsSchema');
    case 'tool':
    case 'prompt': return afterShape(ts, args.slice(1, -1));
    case 'registerResource':
    case 'resource': return afterUri(ts, args[1]);
    default: return undefined;
  }
}

/** A configuration with a schema: the handler is given the arguments first. */
function afterSchema({ ts }: RepairTools, config: ts.Expression | undefined, name: string): number | undefined {
  const node = config && unwrap(ts, config);
  if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
  const given = property(ts, node, name);
  if (!given) return node.properties.some((part) => ts.isSpreadAssignment(part)) ? undefined : 0;
  if (!ts.isPropertyAssignment(given)) return undefined;
  const value = unwrap(ts, given.initializer);
  if (ts.isIdentifier(value)) return value.text === 'undefined' ? 0 : 1;
  return ts.isObjectLiteralExpression(value) || ts.isCallExpression(value) || ts.isPropertyAccessExpression(value) ? 1 : undefined;
}

/** `tool(name, description?, shape or annotations?, handler)`: a shape's values are schemas, an annotation's are not. */
function afterShape(ts: Ts, between: readonly ts.Expression[]): number | undefined {
  const rest = between.map((each) => unwrap(ts, each)).filter((each, i) => !(i === 0 && (ts.isStringLiteralLike(each) || ts.isTemplateExpression(each))));
  const [first] = rest;
  if (!first) return 0;
  if (!ts.isObjectLiteralExpression(first)) return undefined;
  // Annotations alone stand where a shape would; an empty object is taken for a shape.
  const values = first.properties.map((part) => ts.isPropertyAssignment(part) ? unwrap(ts, part.initializer) : undefined);
  if (values.length === 0 || values.some((value) => value !== undefined && ts.isCallExpression(value))) return 1;
  return values.every((value) => value !== undefined && (ts.isStringLiteralLike(value) || value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword)) ? 0 : undefined;
}

/** A fixed address comes before the request; a template's variables come between the two. */
function afterUri(ts: Ts, uri: ts.Expression | undefined): number | undefined {
  const node = uri && unwrap(ts, uri);
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return 1;
  return ts.isNewExpression(node) ? 2 : undefined;
}
