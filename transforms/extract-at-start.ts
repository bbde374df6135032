/** A worker that works on `workerData` as it starts: the calls that do are enclosed, the rest of the file stays. */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { declarationOf } from '../src/analysis/scope.ts';
import { contains, isFunctionNode, unwrap } from '../src/analysis/syntax.ts';
import { slotOf } from './carry-worker-data.ts';
import { refuse, type RepairTools, type Strategy } from './strategy.ts';
import { wrap } from './text.ts';

const extractAtStart: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const data = (site.node as ts.ImportSpecifier).name;
  if (spreads(tools, site, data)) return refuse('unsupported-shape', '`workerData` is taken apart with a rest pattern, which would take the carrier too');
  const calls = startingCalls(tools, site, data);
  if (calls.length === 0) return refuse('unenclosable-start', 'the worker\'s file works on `workerData` in statements of its own: put them into a function and call it');
  const slots = new Set(site.peers.map((peer) => slotOf(ts, peer)));
  if (slots.size > 1) return refuse('unsupported-shape', 'this worker is started in two ways that have different slots');
  const open = slots.has('env') ? `${helper(site.source, 'withEnvironmentCarrier')}(process.env, () => ` : `${helper(site.source, 'withMessageCarrier')}(${data.text}, () => `;
  return { edits: calls.flatMap((call) => wrap(site.source, call, open, ')')) };
};

export default extractAtStart;

/** Calls that run while the file starts and lead to `workerData`: `run(workerData)`, `main()`, `(async () => {…})()`. */
function startingCalls({ ts, origins }: RepairTools, site: Judged, data: ts.Identifier): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const mentions = (node: ts.Node): boolean => contains(ts, node, (n) => ts.isIdentifier(n) && n !== data && n.text === data.text && !ts.isImportSpecifier(n.parent) && declarationOf(ts, n) === data.parent);
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node)) {
      const target = origins.functionOf(node.expression, site.source);
      const callee = unwrap(ts, node.expression);
      const works = isFunctionNode(ts, callee) ? mentions(callee) : target !== undefined && (node.arguments.some(mentions) || (target.source === site.source && mentions(target.fn)));
      const named = ts.isIdentifier(callee) && node.arguments.some((a) => ts.isIdentifier(unwrap(ts, a)) && mentions(a));
      if (works || named) {
        found.push(node);
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  site.source.ast.statements.forEach(visit);
  return found;
}

function spreads({ ts }: RepairTools, site: Judged, data: ts.Identifier): boolean {
  return contains(ts, site.source.ast, (n) => ts.isVariableDeclaration(n) && ts.isObjectBindingPattern(n.name) && n.name.elements.some((e) => e.dotDotDotToken)
    && n.initializer !== undefined && ts.isIdentifier(unwrap(ts, n.initializer)) && (unwrap(ts, n.initializer) as ts.Identifier).text === data.text);
}
