/** A worker that works on `workerData` as it starts: the calls that do are enclosed, the rest of the file stays. */
import type ts from 'typescript';
import { isFinding } from '../src/analysis/engine.ts';
import type { Judged } from '../src/analysis/judge.ts';
import { declarationOf } from '../src/analysis/scope.ts';
import { contains, isFunctionNode, unwrap, walk, type FunctionNode } from '../src/analysis/syntax.ts';
import { slotOf } from './carry-worker-data.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const extractAtStart: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const data = (site.node as ts.ImportSpecifier).name;
  if (spreads(tools, site, data)) return refuse('unsupported-shape', '`workerData` is taken apart with a rest pattern, which would take the carrier too');
  const calls = startingCalls(tools, site, data);
  if (calls.length === 0) return refuse('unenclosable-start', 'the worker\'s file works on `workerData` in statements of its own: put them into a function and call it');
  const slots = new Set(site.peers.filter((peer) => isFinding(peer) || peer.verdict === 'carried').map((peer) => slotOf(ts, peer)));
  if (slots.size > 1) return refuse('unsupported-shape', 'this worker is started in two ways that have different slots');
  const open = slots.has('env') ? `${helper(site.source, 'withEnvironmentCarrier')}(process.env, () => ` : `${helper(site.source, 'withMessageCarrier')}(${data.text}, () => `;
  return { edits: calls.flatMap((call) => wrap(site.source, call, open, ')')) };
};

export default extractAtStart;

/** Calls that run while the file starts and lead to `workerData`: `run(workerData)`, `main()`, `(async () => {…})()`. */
function startingCalls({ ts, origins }: RepairTools, site: Judged, data: ts.Identifier): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const sources = new Set<ts.Node>([data.parent]);
  const mentions = (node: ts.Node): boolean => contains(ts, node, (n) => {
    if (!ts.isIdentifier(n) || n === data || ts.isImportSpecifier(n.parent)) return false;
    const declaration = declarationOf(ts, n);
    return declaration !== undefined && declaration !== n.parent && sources.has(declaration);
  });
  // `const { task } = workerData`: what the file takes out of it, too.
  for (const statement of site.source.ast.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (!declaration.initializer || isFunctionNode(ts, declaration.initializer) || !mentions(declaration.initializer)) continue;
      walk(ts, declaration.name, (n) => void (ts.isIdentifier(n) && sources.add(n.parent)));
    }
  }
  const leads = (fn: FunctionNode, depth = 0): boolean => mentions(fn) || (depth < 3 && contains(ts, fn, (n) => {
    const next = ts.isCallExpression(n) ? origins.functionOf(n.expression, site.source) : undefined;
    return next?.source === site.source && next.fn !== fn && leads(next.fn, depth + 1);
  }));
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node)) {
      if (isEnclosing(ts, node)) return;
      const target = origins.functionOf(node.expression, site.source);
      const callee = unwrap(ts, node.expression);
      const works = isFunctionNode(ts, callee) ? leads(callee) : target !== undefined && (node.arguments.some(mentions) || (target.source === site.source && leads(target.fn)));
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

/** A call that an earlier run put around another. */
function isEnclosing(ts: RepairTools['ts'], { expression }: ts.CallExpression): boolean {
  const declaration = ts.isIdentifier(expression) ? declarationOf(ts, expression) : undefined;
  return declaration !== undefined && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration))
    && /^with(Message|Environment)Carrier$/.test((declaration.propertyName ?? declaration.name).getText());
}

function spreads({ ts }: RepairTools, site: Judged, data: ts.Identifier): boolean {
  return contains(ts, site.source.ast, (n) => ts.isVariableDeclaration(n) && ts.isObjectBindingPattern(n.name) && n.name.elements.some((e) => e.dotDotDotToken)
    && n.initializer !== undefined && ts.isIdentifier(unwrap(ts, n.initializer)) && (unwrap(ts, n.initializer) as ts.Identifier).text === data.text);
}
