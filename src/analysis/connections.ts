/** Where a socket was connected to that something is sent over: its address says whose it is. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { assignedTo, isField } from './address-parts.ts';
import { callersOf, parameterBehind, passedTo, type Passed } from './callers.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { receiverArgument, type Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { returnsOf } from './propagation.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { propertyName, unwrap } from './syntax.ts';

/** What makes a server's end of a socket, which nobody connected here. */
const servers = ['WebSocketServer', 'Server', 'handleUpgrade', 'upgradeWebSocket'];

/** The addresses that a handoff's socket may have been connected to; none where nothing in sight connects it. */
export function connectionsOf(ts: Ts, origins: Origins, handoff: Handoff, neighbours: Neighbours | undefined): readonly Passed[] {
  const { node, source } = handoff;
  const made = receiverArgument(handoff, handoff.boundary.channel?.arg ?? 0);
  if (made.node) return [{ node: made.node, source: made.source }];
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const traced = new Sockets(ts, origins, neighbours).of(node.expression.expression, source, 0);
  if (traced.length > 0) return traced;
  const { calls } = indexOf(ts, source.ast);
  // A file that only opens sockets sends over those that it has opened.
  return servers.some((name) => calls.has(name)) ? [] : ['WebSocket', 'WS', 'ReconnectingWebSocket'].flatMap((name) => (calls.get(name) ?? []).flatMap((each) => addressIn(ts, each, source)));
}

function addressIn(ts: Ts, made: ts.Expression, source: SourceText): Passed[] {
  return ts.isNewExpression(made) && made.arguments?.[0] ? [{ node: made.arguments[0], source }] : [];
}

class Sockets {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;
  readonly #asked = new Set<ts.Node>();

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
  }

  of(expression: ts.Expression, source: SourceText, depth: number): Passed[] {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (depth > 5 || this.#asked.has(node)) return [];
    this.#asked.add(node);
    if (ts.isNewExpression(node)) return addressIn(ts, node, source);
    const all = (values: readonly ts.Expression[], from = source): Passed[] => values.flatMap((value) => this.of(value, from, depth + 1));
    if (ts.isCallExpression(node)) {
      const target = this.#origins.functionOf(node.expression, source);
      return target?.fn.body ? all(returnsOf(ts, target.fn), target.source) : [];
    }
    if (isField(ts, node)) return all(valuesOf(ts, node, source));
    const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
    if (declaration && ts.isVariableDeclaration(declaration)) return all([...(declaration.initializer ? [declaration.initializer] : []), ...assignedTo(ts, declaration)]);
    const behind = parameterBehind(ts, node);
    if (!behind) return [];
    return callersOf(ts, this.#origins, this.#neighbours, behind.parameter.parent, source).flatMap((caller) => {
      const passed = passedTo(ts, this.#origins, caller, behind.parameter, behind.path);
      return passed ? this.of(passed.node, passed.source, depth + 1) : [];
    });
  }
}

/** All that a class gives one of its fields. */
function valuesOf(ts: Ts, field: ts.PropertyAccessExpression, source: SourceText): ts.Expression[] {
  const owner = enclosingClass(ts, field);
  const initial = owner?.members.flatMap((member) => ts.isPropertyDeclaration(member) && propertyName(ts, member.name) === field.name.text && member.initializer ? [member.initializer] : []);
  const later = (indexOf(ts, source.ast).fieldAssignments.get(field.name.text) ?? []).filter((each) => enclosingClass(ts, each) === owner).map(({ right }) => right);
  return [...initial ?? [], ...later];
}
