/** Calls whose callee hides what is called: `super(…)`, and a member under a name of its own. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import type { Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, propertyName, unwrap } from './syntax.ts';

/** A member and what it is a member of. */
export interface Member {
  name: string;
  of: ts.Expression;
}

/** `queue.add(…)`, or `add(…)` of `const add = queue.add.bind(queue)` and `const { add } = queue`. */
export function calledMember(ts: Ts, call: ts.CallExpression): Member | undefined {
  const own = memberAt(ts, call.expression);
  if (own || !ts.isIdentifier(call.expression)) return own;
  const declaration = declarationOf(ts, call.expression);
  if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
    const holder = declaration.parent.parent;
    const name = propertyName(ts, declaration.propertyName ?? declaration.name);
    return name !== undefined && ts.isVariableDeclaration(holder) && holder.initializer ? { name, of: holder.initializer } : undefined;
  }
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const value = unwrap(ts, declaration.initializer);
  const isBound = ts.isCallExpression(value) && value.arguments.length === 1 && memberName(ts, value.expression) === 'bind';
  return memberAt(ts, isBound ? (value.expression as ts.PropertyAccessExpression).expression : value);
}

/** The library's class that a `super(…)` constructs: through bases of the repo that have no constructor of their own. */
export function constructedBySuper(ts: Ts, origins: Origins, call: ts.CallExpression, source: SourceText): Origin | undefined {
  let owner = enclosingClass(ts, call);
  let from = source;
  for (let depth = 0; owner && depth < 8; depth++) {
    const base = origins.members.base(owner, from, depth);
    if (base?.kind === 'library') return base.instance ? undefined : { ...base, instance: true };
    if (base?.kind !== 'local' || !ts.isClassLike(base.node) || origins.members.superCall(base.node)) return undefined;
    owner = base.node;
    from = base.source;
  }
  return undefined;
}

/** Whether a constructor of the repo passes on to the library's: the handoff is at its `super(…)`. */
export function passesOn(ts: Ts, origins: Origins, origin: Origin): boolean {
  let own = origin.kind === 'library' ? origin.own : undefined;
  for (let depth = 0; own && ts.isClassLike(own.of) && depth < 8; depth++) {
    if (origins.members.superCall(own.of)) return true;
    const base = origins.members.base(own.of, own.source, depth);
    own = base?.kind === 'local' && ts.isClassLike(base.node) ? { of: base.node, source: base.source } : undefined;
  }
  return false;
}

function memberAt(ts: Ts, callee: ts.Expression): Member | undefined {
  const node = ts.isNonNullExpression(callee) || ts.isParenthesizedExpression(callee) ? unwrap(ts, callee) : callee; // `process.send!(…)`
  const name = memberName(ts, node) ?? chosenVerb(ts, node);
  return name === undefined ? undefined : { name, of: (node as ts.PropertyAccessExpression).expression };
}

const verbs = [new Set(['post', 'put', 'patch']), new Set(['get', 'delete', 'head'])];

/** `client[method](…)` of `method: 'post' | 'put'`: the first of verbs that take the same arguments. */
function chosenVerb(ts: Ts, callee: ts.Expression): string | undefined {
  const chosen = ts.isElementAccessExpression(callee) ? unwrap(ts, callee.argumentExpression) : undefined;
  const declaration = chosen && ts.isIdentifier(chosen) ? declarationOf(ts, chosen) : undefined;
  if (!declaration || !(ts.isParameter(declaration) || ts.isVariableDeclaration(declaration))) return undefined;
  const { type, initializer } = declaration;
  const value = initializer && unwrap(ts, initializer);
  const given = type ? (ts.isUnionTypeNode(type) ? type.types : [type]).map((each) => ts.isLiteralTypeNode(each) ? each.literal : each)
    : value && ts.isConditionalExpression(value) ? [value.whenTrue, value.whenFalse].map((each) => unwrap(ts, each)) : [];
  const names = given.map((each) => ts.isStringLiteralLike(each) ? each.text : '');
  return verbs.some((each) => names.every((name) => each.has(name))) ? names[0] : undefined;
}
