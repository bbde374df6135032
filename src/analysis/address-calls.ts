/** Calls that nobody sees into, and that still say what kind of address they give: a setting by its key, a join of a base and a path. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { dataName } from './destination-words.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { memberName, rootOf, unwrap } from './syntax.ts';

const getter = /^(get|read|load|require|must|fetch|use)?_?(app|server|service|site|global|runtime)?_?(config(uration)?|conf|settings?|env|metadata)_?(value|var|string|entry|key)?s?$/i;
const joins = /^(join|concat|combine|append)/i;
const joiner = /join|concat|combine|append|link|ur[li](?![a-z])|endpoint|href/i;

/** The name of the constant by which a getter of settings is asked: `MAIL_URL` of `getSetting(keys.MAIL_URL)`; `all` is it with what holds it. */
export function keyOfSetting(ts: Ts, call: ts.CallExpression): { name: string; all: string } | undefined {
  const [key, ...more] = call.arguments;
  if (!key || more.length > 0 || !getter.test(calleeName(ts, call))) return undefined;
  const node = unwrap(ts, key);
  const root = rootOf(ts, node);
  const declaration = root && declarationOf(ts, root);
  if (!declaration || ts.isParameter(declaration) || enclosingFunction(ts, declaration)) return undefined;
  return { name: ts.isIdentifier(node) ? node.text : memberName(ts, node)!, all: node.getText() };
}

/** `anyJoin(base, '/send')`, `concatLink(base, path)`: it goes where its first argument goes. */
export function isJoin(ts: Ts, call: ts.CallExpression): boolean {
  const [, ...rest] = call.arguments;
  if (rest.length === 0) return false;
  const name = calleeName(ts, call);
  if (/sign/i.test(name) || (dataName.test(name) && !joins.test(name))) return false;
  return joiner.test(name) || rest.every((each) => isPath(ts, each));
}

/** `'/send'`, `` `/users/${id}` `` */
function isPath(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  return ts.isStringLiteralLike(node) ? node.text.startsWith('/') : ts.isTemplateExpression(node) && node.head.text.startsWith('/');
}

function calleeName(ts: Ts, call: ts.CallExpression): string {
  return ts.isIdentifier(call.expression) ? call.expression.text : memberName(ts, call.expression) ?? '';
}
