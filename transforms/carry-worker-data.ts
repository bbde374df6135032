/** `new Worker(file, { workerData })` → `workerData: carryMessage(workerData)`; where that is no object, the copied environment. */
import type ts from 'typescript';
import { isFinding } from '../src/analysis/engine.ts';
import type { Judged } from '../src/analysis/judge.ts';
import { property, unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import { isObject } from './support/payload.ts';
import { extendPayloadType, sentTypes } from './support/payload-type.ts';
import { sentHazard } from './support/payload-hazards.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, wrap } from './support/text.ts';

type Slot = 'workerData' | 'env';

const carryWorkerData: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const options = optionsOf(ts, site);
  if (!options) return refuse('unsupported-shape', 'the options are not written out here');
  if (site.peers.length === 0) return refuse('payload-only-slot', 'the worker\'s file was not found in this repository, or it does not read `workerData`');
  if (slotOf(ts, site) === 'env') {
    const env = property(ts, options, 'env');
    const carry = helper(site.source, 'carryEnvironment');
    if (!env) return { edits: [insert(site.source, options.properties[0]!.getStart(site.source.ast), `env: ${carry}(process.env), `)] };
    if (!ts.isPropertyAssignment(env) || env.initializer.getText(site.source.ast) === 'SHARE_ENV') return refuse('unsupported-shape', 'the environment is shared with the worker: a carrier in it would reach every other worker');
    return { edits: wrap(site.source, env.initializer, `${carry}(`, ')') };
  }
  const data = property(ts, options, 'workerData')!;
  const value = ts.isPropertyAssignment(data) ? data.initializer : ts.isShorthandPropertyAssignment(data) ? data.name : undefined;
  if (!value) return refuse('unsupported-shape', '`workerData` is not a plain property');
  const types = sentTypes(site, value, tools);
  const hazard = sentHazard(site, value, types, tools);
  if (hazard) return refuse('payload-only-slot', hazard);
  const carry = helper(site.source, 'carryMessage');
  const typed = extendPayloadType(types, tools);
  if (ts.isShorthandPropertyAssignment(data)) return { edits: [insert(site.source, data.name.getStart(site.source.ast), `workerData: ${carry}(`), insert(site.source, data.end, ')'), ...typed] };
  return { edits: [...wrap(site.source, value, `${carry}(`, ')'), ...typed] };
};

export default carryWorkerData;

/** Which slot a `new Worker` uses; its worker file reads the same one, and so do all that start this file. */
export function slotOf(ts: Ts, site: Judged): Slot {
  const own = ownSlot(ts, site);
  if (own === 'env' || site.verdict === 'carried') return own;
  return startersOf(site).some((other) => other.verdict !== 'carried' && ownSlot(ts, other) === 'env') ? 'env' : own;
}

/** Every `new Worker` that hands work to the same file. */
function startersOf(site: Judged): Judged[] {
  return site.peers.flatMap((file) => file.peers).filter((other) => isFinding(other) || other.verdict === 'carried');
}

function ownSlot(ts: Ts, site: Judged): Slot {
  const options = optionsOf(ts, site);
  const data = options && property(ts, options, 'workerData');
  const value = data && (ts.isPropertyAssignment(data) ? data.initializer : ts.isShorthandPropertyAssignment(data) ? data.name : undefined);
  const carries = value && ts.isCallExpression(value) && value.expression.getText() === 'carryMessage';
  return value && (carries || isObject(ts, value)) ? 'workerData' : 'env';
}

function optionsOf(ts: Ts, site: Judged): ts.ObjectLiteralExpression | undefined {
  const node = site.args[1] && unwrap(ts, site.args[1]);
  return node && ts.isObjectLiteralExpression(node) && property(ts, node, 'workerData') ? node : undefined;
}
