/**
 * Calls that look like a boundary's, on a receiver of which nothing tells what it is: for `--unknown=report` only.
 * What makes a member's name distinctive is in the catalogue's own names: several words (`sendToQueue`), or a receiver
 * called after the class (`mailQueue.add`).
 */
import type ts from 'typescript';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Ts } from '../types.ts';
import { handoff, mentions, type Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { memberName, unwrap, walk } from './syntax.ts';

/** @param installed whether a package is among the file's dependencies */
export function findUnknown(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, installed: (name: string) => boolean): Handoff[] {
  const found: Handoff[] = [];
  walk(ts, source.ast, (node) => {
    const member = ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined;
    if (!ts.isCallExpression(node) || member === undefined) return;
    const like = catalogue.byMember.get(member)?.filter((b) => b.match.use === 'instance' && !b.match.event && mentions(b, source) && (b.package === undefined || installed(b.package)));
    if (!like || like.length === 0) return;
    const receiver = (node.expression as ts.PropertyAccessExpression).expression;
    const named = nameOf(ts, receiver);
    const boundary = like.find((b) => isNamedAfter(named, b)) ?? like.find((b) => b.package !== undefined && /[a-z][A-Z]/.test(member));
    if (boundary && named !== '' && !origins.ofTyped(receiver, source)) found.push({ ...handoff(ts, boundary, source, node), unknown: true });
  });
  return found;
}

/** The last name of what a member is called on: `mailQueue` of `this.mailQueue`, `getQueue` of `getQueue('mail')`. */
function nameOf(ts: Ts, receiver: ts.Expression): string {
  const node = unwrap(ts, receiver);
  if (ts.isCallExpression(node)) return nameOf(ts, node.expression);
  return ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '';
}

/** Whether a name ends in the name of a class that the boundary lists: `emailQueue`, `Queue`, `queues`. */
function isNamedAfter(name: string, { match }: Boundary): boolean {
  return match.exports.some((exported) => {
    const last = exported.split('.').at(-1)!.replace(/\W.*$/, '');
    return /^[A-Z]/.test(last) && name.replace(/s$/, '').toLowerCase().endsWith(last.toLowerCase());
  });
}
