/** `fork(file, args)` → `fork(file, args, { env: carryEnvironment(process.env) })`, and what the program starts with in `withEnvironmentCarrier`. */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { isFunctionNode, property, unwrap } from '../src/analysis/syntax.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import { encloseStart } from './support/program-start.ts';
import { refuse, type Plan, type RepairTools, type Strategy } from './support/strategy.ts';
import { insert, wrap } from './support/text.ts';

const carryEnvironment: Strategy = (site, tools) => {
  if (!site.far) return refuse('unsupported-shape', 'the program that is started is not in sight');
  const own = inEnvironment(site, tools);
  if ('refused' in own || !tools.once(site.far.path)) return own;
  const start = encloseStart(site.far, tools);
  return 'refused' in start ? start : { edits: [...own.edits, ...start.edits] };
};

export default carryEnvironment;

function inEnvironment({ args, source }: Judged, { ts, helper }: RepairTools): Plan {
  if (args.some((argument) => ts.isSpreadElement(argument))) return refuse('unsupported-shape', 'the arguments are spread from an array');
  const carry = helper(source, 'carryEnvironment');
  const [, second, third] = args;
  if (!second) return refuse('unsupported-shape', 'it is given nothing to work on');
  const given = ts.isObjectLiteralExpression(unwrap(ts, second)) ? second : third;
  const fresh = `{ env: ${carry}(process.env) }`;
  if (!given) return { edits: [insert(source, second.end, `, ${fresh}`)] };
  const options = unwrap(ts, given);
  if (isFunctionNode(ts, options)) return { edits: [insert(source, given.getStart(source.ast), `${fresh}, `)] };
  if (!ts.isObjectLiteralExpression(options)) return refuse('unsupported-shape', 'the options are not written out here');
  return placed(options, carry);

  function placed(object: ts.ObjectLiteralExpression, name: string): Plan {
    const env = property(ts, object, 'env');
    if (env && ts.isPropertyAssignment(env)) return { edits: wrap(source, env.initializer, `${name}(`, ')') };
    if (env && ts.isShorthandPropertyAssignment(env)) return { edits: [insert(source, env.name.getStart(source.ast), `env: ${name}(`), insert(source, env.end, ')')] };
    if (env || object.properties.some((part) => ts.isSpreadAssignment(part))) return refuse('unsupported-shape', 'the environment is not written out here');
    const [first] = object.properties;
    const edit: PlacedEdit = first
      ? insert(source, first.getStart(source.ast), `env: ${name}(process.env), `)
      : insert(source, object.getStart(source.ast) + 1, ` env: ${name}(process.env) `);
    return { edits: [edit] };
  }
}
