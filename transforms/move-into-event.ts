/**
 * `span.setAttribute('app.prompt', prompt);` → `if (…CAPTURE_MESSAGE_CONTENT === 'true') { span.addEvent('app.sensitive',
 * { 'app.prompt': prompt, sensitive: true }); }`: a collector drops the event by its mark. Where the package has
 * `@opentelemetry/api-logs`, a log event, which is what span events are to become (OTEP 4430).
 */
import type ts from 'typescript';
import { constantOf } from '../src/analysis/constants.ts';
import { memberName, unwrap } from '../src/analysis/syntax.ts';
import { isApiMember } from '../src/analysis/spans/support/tracers.ts';
import { captureSwitch } from '../src/conventions/sensitive.ts';
import { logsPackage } from '../src/fix/manifest.ts';
import { detectStyle } from '../src/fix/style.ts';
import type { Judged } from '../src/analysis/judge.ts';
import type { Ts } from '../src/types.ts';
import { withoutProperties } from './support/properties.ts';
import { isPure } from './support/pure.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { insert, replace, semicolon } from './support/text.ts';

/** What OpenInference, Langfuse, OpenLLMetry and the AI SDK name: their products read an attribute of that name and no event. */
const readByName = /^(?:(?:input|output)\.value$|(?:llm|retrieval|reranker|embedding|langfuse|traceloop|ai)\.|tool\.parameters$)/;

const moveIntoEvent: Strategy = (site, tools) => {
  const { ts } = tools;
  const { node, source, facts, spot } = site;
  const values = Object.values(spot?.parts ?? {}) as ts.Expression[];
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return refuse('unsupported-shape', 'the call is not written out');
  if (facts.runtime !== 'node') return refuse('unsupported-shape', 'outside of Node there is no environment to read a switch from');
  const statement = node.parent;
  if (!ts.isExpressionStatement(statement) || !(ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent) || ts.isCaseOrDefaultClause(statement.parent))) {
    return refuse('unsupported-shape', 'it is not a statement of its own');
  }
  if (!isPlain(ts, node.expression.expression) && !isActiveSpan(site, node.expression.expression, tools)) return refuse('unsupported-shape', 'what it is called on may change from one call to the next');
  if (values.some((value) => !isPure(ts, value))) return refuse('unsupported-shape', 'working the value out may do more than that, and behind a switch it would not be done');

  const { quote, eol, indent: unit } = detectStyle(ts, source.ast);
  const taken = partsOf(ts, node, values, quote);
  if (!taken) return refuse('unsupported-shape', 'the attribute is not written out in the call itself');
  const product = taken.keys.map((key) => constantOf(ts, tools.origins, key, source).text).find((key) => readByName.test(key));
  if (product !== undefined) return refuse('no-repair', `products that show model traces read \`${product}\` by its name: put it behind a switch that is off by default, or list it in \`sensitive.allow\``);
  const indent = /^[ \t]*/.exec(source.text.slice(source.text.lastIndexOf('\n', statement.getStart(source.ast) - 1) + 1))![0];
  const event = eventOf(site, node, taken.names, quote, tools);
  const access = node.expression;
  const guard = access.questionDotToken && facts.dependsOn(logsPackage) ? `${access.expression.getText(source.ast)} && ` : '';
  const block = { open: `if (${guard}process.env.${captureSwitch} === ${quote}true${quote}) {`, close: `${eol}${indent}}` };
  const text = `${block.open}${eol}${indent}${unit}${event}${block.close}`;
  if (taken.all) return { edits: [{ ...replace(source, statement, text), block }] };
  const edits = withoutProperties(source, taken.properties);
  return edits ? { edits: [...edits, { ...insert(source, statement.end, `${eol}${indent}${text}`), block }] } : refuse('unsupported-shape', 'a comment stands between the attributes');
};

export default moveIntoEvent;

function eventOf({ source, facts }: Judged, call: ts.CallExpression, names: readonly string[], quote: string, { ts, api, library }: RepairTools): string {
  const access = call.expression as ts.PropertyAccessExpression;
  const span = access.expression.getText(source.ast);
  const attributes = `{ ${[...names, 'sensitive: true'].join(', ')} }`;
  const name = `${quote}app.sensitive${quote}`;
  if (!facts.dependsOn(logsPackage)) return `${span}${access.questionDotToken ? '?.' : '.'}addEvent(${name}, ${attributes})${semicolon(ts, source)}`;
  const context = ts.isCallExpression(unwrap(ts, access.expression)) ? '' : `context: ${api(source, 'trace')}.setSpan(${api(source, 'context')}.active(), ${span}), `;
  return `${library(source, logsPackage, 'logs')}.getLogger(${quote}app${quote}).emit({ eventName: ${name}, ${context}attributes: ${attributes} })${semicolon(ts, source)}`;
}

const isName = /^[A-Za-z_$][\w$]*$/;

interface Taken {
  /** As they stand in the event's attributes. */
  names: string[];
  /** What the attributes are called. */
  keys: ts.Expression[];
  /** Nothing is left to set. */
  all: boolean;
  properties: ts.ObjectLiteralElementLike[];
}

function partsOf(ts: Ts, call: ts.CallExpression, values: readonly ts.Expression[], quote: string): Taken | undefined {
  const [first, second] = call.arguments;
  if (!first) return undefined;
  if (memberName(ts, call.expression) === 'setAttribute') {
    if (!second || values.length !== 1 || values[0] !== second) return undefined;
    const key = !ts.isStringLiteralLike(first) ? `[${first.getText()}]` : isName.test(first.text) ? first.text : /['"\\]/.test(first.text) ? first.getText() : `${quote}${first.text}${quote}`;
    return { names: [key === second.getText() ? key : `${key}: ${second.getText()}`], keys: [first], all: true, properties: [] };
  }
  const literal = unwrap(ts, first);
  if (!ts.isObjectLiteralExpression(literal) || call.arguments.length !== 1) return undefined;
  const properties = values.map((value) => literal.properties.find((p) => (ts.isPropertyAssignment(p) && p.initializer === value) || (ts.isShorthandPropertyAssignment(p) && p.name === value)));
  if (properties.some((p) => !p)) return undefined;
  const found = properties as ts.ObjectLiteralElementLike[];
  return { names: found.map((p) => p.getText()), keys: found.flatMap(({ name }) => (!name ? [] : ts.isComputedPropertyName(name) ? [name.expression] : ts.isStringLiteralLike(name) ? [name] : [])), all: found.length === literal.properties.length, properties: found };
}

/** A name, a field: the same object however often it is looked at. */
function isPlain(ts: Ts, receiver: ts.Expression): boolean {
  const node = unwrap(ts, receiver);
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isPropertyAccessExpression(node) && isPlain(ts, node.expression);
}

/** `trace.getActiveSpan()`: asking does nothing, and the answer is the same a line further. */
function isActiveSpan({ source }: Judged, receiver: ts.Expression, { ts, origins }: RepairTools): boolean {
  const node = unwrap(ts, receiver);
  return ts.isCallExpression(node) && isApiMember(origins.of(node.expression, source), 'trace.getActiveSpan');
}
