/**
 * `propagation.inject(context.active(), headers); fetch(url, { headers })` → without the first: the instrumentation sends
 * the same. Only the context that is active at the call; what carries another one says something that would be lost.
 */
import type ts from 'typescript';
import { argument } from '../src/analysis/handoffs.ts';
import { declarationOf, enclosingFunction } from '../src/analysis/scope.ts';
import type { SourceText } from '../src/analysis/source.ts';
import { contains, memberName, property, propertyName, unwrap, walk } from '../src/analysis/syntax.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import { withoutProperties } from './support/properties.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { replace } from './support/text.ts';

const removeCarrier: Strategy = (site, tools) => {
  const { ts } = tools;
  const { source } = site;
  const no = (detail: string): ReturnType<typeof refuse> => refuse('carried-twice', `${detail}: take one of the two carriers away by hand`);
  const slot = site.boundary.slots.find((each) => each.in === 'headers');
  const options = argument(site, 'options');
  const literal = options && objectOf(tools, options, source);
  const headers = slot?.path.length === 2 && literal ? property(ts, literal, slot.path[0]!) : undefined;
  if (!literal || !headers) return no('the headers are not written out here');
  const value = ts.isPropertyAssignment(headers) ? unwrap(ts, headers.initializer) : ts.isShorthandPropertyAssignment(headers) ? headers.name : undefined;
  if (!value) return no('the headers are not written out here');
  const edits = isWholeCarrier(tools, value, source) ? withoutHeaders(site.args, options, literal, headers) : withoutCarrier(value);
  return edits ? { edits } : no('what is sent may be more than the context that is active here, or may be sent elsewhere too');

  function withoutCarrier(given: ts.Expression): PlacedEdit[] | undefined {
    if (ts.isIdentifier(given)) return withoutInjection(tools, given, source);
    if (!ts.isObjectLiteralExpression(given)) return undefined;
    if (given.properties.some((part) => writes.test(propertyName(ts, part.name) ?? ''))) return undefined;
    const whole = given.properties.filter((part) => ts.isSpreadAssignment(part) && isWholeCarrier(tools, unwrap(ts, part.expression), source));
    if (whole.length > 0) return withoutProperties(source, whole);
    const spread = given.properties.flatMap((part) => ts.isSpreadAssignment(part) && ts.isIdentifier(unwrap(ts, part.expression)) ? [unwrap(ts, part.expression) as ts.Identifier] : []);
    return spread.length === 1 ? withoutInjection(tools, spread[0]!, source) : undefined;
  }

  function withoutHeaders(args: readonly ts.Expression[], given: ts.Expression, object: ts.ObjectLiteralExpression, part: ts.ObjectLiteralElementLike): PlacedEdit[] | undefined {
    if (object.properties.length > 1) return withoutProperties(source, [part]);
    if (/\/[/*]/.test(object.getText(source.ast))) return undefined;
    const before = args[args.indexOf(given) - 1];
    return given === args.at(-1) && before && unwrap(ts, given) === object ? [{ file: source.path, start: before.end, end: given.end, text: '' }] : [replace(source, object, '{}')];
  }
};

export default removeCarrier;

const writes = /^(traceparent|tracestate|baggage)$/i;

/** The options as they are written: in the call, or in a constant of the same function that nothing else looks at. */
function objectOf({ ts }: RepairTools, options: ts.Expression, source: SourceText): ts.ObjectLiteralExpression | undefined {
  const node = unwrap(ts, options);
  if (ts.isObjectLiteralExpression(node)) return node;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || enclosingFunction(ts, declaration) !== enclosingFunction(ts, node)) return undefined;
  const written = unwrap(ts, declaration.initializer);
  return ts.isObjectLiteralExpression(written) && usesOf(ts, source, declaration).every((use) => use === node) ? written : undefined;
}

/** `captureCarrier()`, or a function of the project that injects the active context into an empty object and returns it. */
function isWholeCarrier({ ts, origins }: RepairTools, node: ts.Expression, source: SourceText): boolean {
  if (!ts.isCallExpression(node) || node.arguments.length > 0) return false;
  const target = origins.functionOf(node.expression, source);
  const body = target?.fn.body;
  if (!body || !ts.isBlock(body)) return node.expression.getText(source.ast) === 'captureCarrier';
  const [made, injected, returned] = body.statements;
  if (body.statements.length !== 3 || !ts.isVariableStatement(made!) || !ts.isReturnStatement(returned!)) return false;
  const [declaration] = made.declarationList.declarations;
  const empty = declaration?.initializer && unwrap(ts, declaration.initializer);
  return declaration !== undefined && ts.isIdentifier(declaration.name) && empty !== undefined && ts.isObjectLiteralExpression(empty) && empty.properties.length === 0
    && returned.expression?.getText() === declaration.name.text && injectsInto(ts, injected!, declaration.name.text);
}

/** `propagation.inject(context.active(), headers);`, whatever its setter. */
function injectsInto(ts: RepairTools['ts'], statement: ts.Node, name: string): boolean {
  const call = ts.isExpressionStatement(statement) ? unwrap(ts, statement.expression) : undefined;
  if (!call || !ts.isCallExpression(call) || memberName(ts, call.expression) !== 'inject' || !/(^|\.)propagation$/.test((call.expression as ts.PropertyAccessExpression).expression.getText())) return false;
  const [context, carrier] = call.arguments;
  return context !== undefined && carrier !== undefined && /(^|\.)context\.active\(\)$/.test(context.getText()) && unwrap(ts, carrier).getText() === name;
}

/** Takes out the statement that injects into a constant of this function, where nothing but the request is given the constant. */
function withoutInjection({ ts }: RepairTools, given: ts.Identifier, source: SourceText): PlacedEdit[] | undefined {
  const declaration = declarationOf(ts, given);
  if (!declaration || !ts.isVariableDeclaration(declaration) || enclosingFunction(ts, declaration) !== enclosingFunction(ts, given)) return undefined;
  const made = declaration.initializer && unwrap(ts, declaration.initializer);
  if (!made || !(ts.isObjectLiteralExpression(made) || ts.isNewExpression(made)) || contains(ts, made, (n) => ts.isStringLiteralLike(n) && writes.test(n.text))) return undefined;
  if (ts.isObjectLiteralExpression(made) && made.properties.some((part) => ts.isSpreadAssignment(part) || writes.test(propertyName(ts, part.name) ?? ''))) return undefined;
  const statements: ts.Statement[] = [];
  for (const use of usesOf(ts, source, declaration)) {
    if (use === given) continue;
    const statement = use.parent.parent;
    if (injectsInto(ts, statement, given.text) && !(ts.isIfStatement(statement.parent))) statements.push(statement as ts.Statement);
    else if (!setsOther(ts, use)) return undefined;
  }
  return statements.length === 1 ? withoutStatement(ts, source, statements[0]!) : undefined;
}

/** `headers.accept = …`, `headers.set('accept', …)`: another header. */
function setsOther(ts: RepairTools['ts'], use: ts.Identifier): boolean {
  const access = use.parent;
  if (!(ts.isPropertyAccessExpression(access) || ts.isElementAccessExpression(access)) || access.expression !== use) return false;
  const { parent } = access;
  if (ts.isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const name = memberName(ts, access);
    return name !== undefined && !writes.test(name);
  }
  const [key] = ts.isCallExpression(parent) ? parent.arguments : [];
  return /^(set|append)$/.test(memberName(ts, access) ?? '') && key !== undefined && ts.isStringLiteralLike(key) && !writes.test(key.text);
}

function usesOf(ts: RepairTools['ts'], source: SourceText, declaration: ts.VariableDeclaration): ts.Identifier[] {
  const uses: ts.Identifier[] = [];
  walk(ts, source.ast, (node) => {
    if (!ts.isIdentifier(node) || !ts.isIdentifier(declaration.name) || node === declaration.name || node.text !== declaration.name.text) return;
    const { parent } = node;
    const isMemberName = (ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent)) && parent.name === node;
    if (!isMemberName && declarationOf(ts, node) === declaration) uses.push(node);
  });
  return uses;
}

/** A statement with its line; nothing where a comment stands beside it, which may say what it is for. */
function withoutStatement(ts: RepairTools['ts'], source: SourceText, statement: ts.Statement): PlacedEdit[] | undefined {
  const { text } = source;
  const comments = [...(ts.getLeadingCommentRanges(text, statement.pos) ?? []), ...(ts.getTrailingCommentRanges(text, statement.end) ?? [])];
  if (comments.length > 0) return undefined;
  const start = statement.getStart(source.ast);
  const indent = /(^|\n)([ \t]*)$/.exec(text.slice(0, start));
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end));
  return [indent && rest
    ? { file: source.path, start: start - indent[2]!.length, end: statement.end + rest[0].length, text: '' }
    : { file: source.path, start, end: statement.end + (/^[ \t]*/.exec(text.slice(statement.end))![0].length), text: '' }];
}
