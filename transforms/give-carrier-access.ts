/** `propagation.inject(context.active(), headers)` → `…, headers, { set: (carrier, key, value) => carrier.set(key, value) })`. */
import { silentCarrierOf } from '../src/analysis/spans/no-silent-carrier.ts';
import { detectStyle } from '../src/fix/style.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, replace, semicolon } from './support/text.ts';

const giveCarrierAccess: Strategy = ({ node, source, boundary }, { ts, origins }) => {
  if (!ts.isCallExpression(node)) return refuse('unsupported-shape', 'the call is not written out');
  const [, carrier, accessor] = node.arguments;
  const what = boundary.id.endsWith('inject') ? 'inject' : 'extract';
  const silent = carrier && silentCarrierOf({ ts, origins, source }, carrier, what);
  if (!carrier || !silent?.shape) return refuse('unsupported-shape', 'nothing can be written into it, or read from it, as a carrier: pass a plain object, and hand that on');
  const { shape } = silent;
  if ('part' in shape) {
    if (!ts.isIdentifier(carrier) && !ts.isPropertyAccessExpression(carrier)) return refuse('unsupported-shape', `pass its \`${shape.part}\``);
    return { edits: [insert(source, carrier.end, `.${shape.part}`)] };
  }
  const { quote } = detectStyle(ts, source.ast);
  const set = /(^| )[\w[\]]+ = /.test(shape.set) ? `{ ${shape.set}${semicolon(ts, source)} }` : shape.set;
  const written = what === 'inject' ? `{ set: (carrier, key, value) => ${set} }` : `{ get: (carrier, key) => ${shape.get}, keys: (carrier) => ${shape.keys} }`;
  const text = written.replaceAll("'", quote);
  return { edits: [accessor ? replace(source, accessor, text) : insert(source, carrier.end, `, ${text}`)] };
};

export default giveCarrierAccess;
