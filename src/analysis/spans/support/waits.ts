/** What a function waits for that may have spans of its own: what a span around it is meant to be the parent of. */
import type ts from 'typescript';
import { memberName, unwrap, walk } from '../../syntax.ts';
import { bodyDoesWork } from '../../work.ts';
import { reporting } from '../../work-words.ts';
import type { CheckedFile } from './check.ts';

/** Waiting for time to pass, or for what has come to be read: nothing that has a span. */
const idle = /^(sleep|delay|wait|pause|timeout|backoff|setTimeout|setImmediate|nextTick|tick|yieldTo\w*|waitFor\w*|json|text|arrayBuffer|blob|formData|bytes|close|end|destroy|release|disconnect|shutdown|forceFlush|flush|stringify|parse|digest)$/i;
/** Modules whose calls are leaves. */
const leaves = /^(fs|fs\/promises|path|crypto|zlib|util|stream|stream\/promises|os|dns|events|timers|timers\/promises|buffer|@opentelemetry\/.*)$/;
/** What sets something up for later, where its result is given back and not waited for. */
const settingUp = /^(set(Timeout|Interval|Immediate)|on|once|(add|prepend)(Event)?Listener|listen|subscribe|schedule\w*|watch|observe|((register|build|make|create|connect|open|init|spawn|fork|launch)([A-Z]\w*)?)|start(?!ActiveSpan)([A-Z]\w*)?)$/;
const all = /^(all|allSettled|race|any)$/;

/** What stands in `root` itself, not in functions inside it, and is waited for: calls that may do work worth a span. */
export function waitsIn(file: CheckedFile, root: ts.Node): ts.Node[] {
  const { ts } = file;
  const found: ts.Node[] = [];
  walk(ts, root, (node) => {
    if (node !== root && ts.isFunctionLike(node)) return false;
    if (ts.isAwaitExpression(node) && doesWork(file, node.expression)) found.push(node);
    else if (ts.isForOfStatement(node) && node.awaitModifier && doesWork(file, node.expression)) found.push(node.expression);
    else if (ts.isYieldExpression(node) && node.asteriskToken && node.expression && doesWork(file, node.expression)) found.push(node);
    return undefined;
  });
  return found;
}

/** Whether a callback waits for such work, or gives it back: `() => agent.run(input)`. A function that cannot be seen does. */
export function callbackWaits(file: CheckedFile, callback: ts.Expression | undefined): boolean {
  const { ts, origins, source } = file;
  if (!callback) return false;
  const target = origins.functionOf(callback, source);
  if (!target) return false;
  const { body } = target.fn;
  if (!body) return false;
  const inside = { ...file, source: target.source };
  if (!ts.isBlock(body)) return waitsIn(inside, body).length > 0 || givesWork(inside, body);
  return waitsIn(inside, body).length > 0 || returned(inside, body).some((value) => givesWork(inside, value));
}

/** A result that is given back: work, unless it only sets something up. */
function givesWork(file: CheckedFile, value: ts.Expression): boolean {
  const { ts } = file;
  const node = unwrap(ts, value);
  if (!ts.isCallExpression(node)) return false;
  const name = ts.isIdentifier(node.expression) ? node.expression.text : memberName(ts, node.expression) ?? '';
  return !settingUp.test(name) && doesWork(file, node);
}

function returned({ ts }: CheckedFile, body: ts.Block): ts.Expression[] {
  const found: ts.Expression[] = [];
  walk(ts, body, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node) && node.expression && ts.isCallExpression(unwrap(ts, node.expression))) found.push(node.expression);
    return undefined;
  });
  return found;
}

/** Whether a call that is waited for may do work worth a span. */
export function doesWork(file: CheckedFile, expression: ts.Expression): boolean {
  const { ts, origins, source } = file;
  const node = unwrap(ts, expression);
  if (!ts.isCallExpression(node)) return false;
  const { kind } = node.expression;
  if (kind === ts.SyntaxKind.ImportKeyword || kind === ts.SyntaxKind.SuperKeyword) return false;
  const callee = unwrap(ts, node.expression);
  const member = memberName(ts, callee);
  if (member === 'startActiveSpan') return true;
  if (member !== undefined) {
    const receiver = unwrap(ts, (callee as ts.PropertyAccessExpression).expression);
    // `fetch(url).then((response) => response.json())`, and a rejection that is dealt with.
    if (/^(then|catch|finally)$/.test(member)) return doesWork(file, receiver);
    if (ts.isIdentifier(receiver) && receiver.text === 'Promise') return all.test(member) && node.arguments.some((argument) => holdsWork(file, argument));
    const name = ts.isIdentifier(receiver) ? receiver.text : memberName(ts, receiver) ?? '';
    if (reporting.test(name)) return false;
  }
  if (idle.test(member ?? (ts.isIdentifier(callee) ? callee.text : ''))) return false;
  const origin = origins.of(callee, source);
  if (origin?.kind === 'library') return !leaves.test(origin.module);
  const target = origins.functionOf(callee, source);
  return target ? bodyDoesWork(ts, origins, target.fn, target.source) : true;
}

/** `[a(), b()]`, `items.map((item) => save(item))`. */
function holdsWork(file: CheckedFile, argument: ts.Expression): boolean {
  const { ts } = file;
  const node = unwrap(ts, argument);
  if (ts.isArrayLiteralExpression(node)) return node.elements.some((element) => doesWork(file, element));
  if (!ts.isCallExpression(node)) return false;
  return node.arguments.some((each) => callbackWaits(file, each));
}
