/** `pool.run(task)` → `pool.run(carryMessage(task))`, and the function of the worker's file in `withMessageCarrier`. */
import type ts from 'typescript';
import { exportedAs, wholeOf } from '../src/analysis/export-statements.ts';
import { argument } from '../src/analysis/handoffs.ts';
import type { SourceText } from '../src/analysis/source.ts';
import { propertyValue, unwrap, type FunctionNode } from '../src/analysis/syntax.ts';
import { enclose } from './support/enclose.ts';
import { isPlainPayload } from './support/payload.ts';
import { extendPayloadType, sentTypes } from './support/payload-type.ts';
import { sentHazard } from './support/payload-hazards.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const carryTask: Strategy = (site, tools) => {
  const { ts, helper, once } = tools;
  const payload = argument(site, 'payload');
  if (!payload || ts.isSpreadElement(payload)) return refuse('unsupported-shape', 'the task is not written out');
  if (!isPlainPayload(tools, payload, site.source)) return refuse('payload-only-slot', 'the task is not an object: it has no room for a carrier; hand over `{ …, task }` instead');
  const name = functionName(ts, argument(site, 'options'));
  const target = name === undefined || !site.far ? undefined : exportedFunction(tools, site.far, name);
  if (!target) return refuse('unsupported-shape', 'the function that the worker\'s file exports is not in sight');
  const types = sentTypes(site, payload, tools);
  const hazard = sentHazard(site, payload, types, tools);
  if (hazard) return refuse('payload-only-slot', hazard);
  const carried = [...wrap(site.source, payload, `${helper(site.source, 'carryMessage')}(`, ')'), ...extendPayloadType(types, tools)];
  if (!once(`${target.source.path}:${target.fn.pos}`) || /\bwithMessageCarrier\b/.test(target.fn.getText(target.source.ast))) return { edits: carried };
  const plan = enclose(ts, target.source, target.fn, 'task', (task) => `${helper(target.source, 'withMessageCarrier')}(${task}, `);
  return 'refused' in plan ? plan : { edits: [...carried, ...plan.edits] };
};

export default carryTask;

/** `{ name: 'resize' }` of the options: which of its exports the worker's file runs. */
function functionName(ts: RepairTools['ts'], options: ts.Expression | undefined): string | undefined {
  if (!options) return 'default';
  const node = unwrap(ts, options);
  if (!ts.isObjectLiteralExpression(node) || node.properties.some((part) => ts.isSpreadAssignment(part))) return undefined;
  const name = propertyValue(ts, node, 'name');
  if (!name) return propertyValue(ts, node, 'filename') ? undefined : 'default';
  return ts.isStringLiteralLike(name) ? name.text : undefined;
}

function exportedFunction({ ts, origins }: RepairTools, source: SourceText, name: string): { fn: FunctionNode; source: SourceText } | undefined {
  for (const each of exportedAs(ts, source.ast, name)) {
    if ('declaration' in each) {
      if (ts.isFunctionDeclaration(each.declaration)) return { fn: each.declaration, source };
      const given = ts.isVariableDeclaration(each.declaration) ? each.declaration.initializer : undefined;
      if (given) return origins.functionOf(given, source);
    } else if ('expression' in each) return origins.functionOf(each.expression, source);
  }
  const whole = name === 'default' ? wholeOf(ts, source.ast) : undefined;
  return whole && origins.functionOf(whole, source);
}
