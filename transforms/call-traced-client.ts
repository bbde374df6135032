/** `ky.post(url, options)` → `tracedClient(ky, 'POST', 1, 'headers').post(url, options)`: a CLIENT span, any instrumentation kept out. */
import type ts from 'typescript';
import { isFunctionNode, unwrap } from '../src/analysis/syntax.ts';
import { optionsPlace } from './support/options.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, literal } from './support/text.ts';

const streams = new Set(['stream', 'pipeline']);

/** For clients whose instrumentation adds a second header to the one that is there. */
const callTracedClient: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const { boundary: { args, match, slots }, channel, source } = site;
  const call = site.node as ts.CallExpression;
  const callee = unwrap(ts, call.expression);
  const member = ts.isPropertyAccessExpression(callee) ? callee : undefined;
  if (call.questionDotToken ?? member?.questionDotToken) return refuse('unsupported-shape', 'the client may be missing');
  if (streams.has(member?.name.text ?? callee.getText(source.ast))) return refuse('streaming', 'the answer is a stream: the span would end with its headers');
  if (site.args.some((argument) => isFunctionNode(ts, unwrap(ts, argument)))) return refuse('unsupported-shape', 'the answer comes to a callback');
  const place = optionsPlace(site, tools);
  if ('reason' in place) return refuse('unsupported-shape', place.reason);
  // The last piece is the header's own name: the helper writes all of the carrier's.
  const slot = (place.index === args.options ? undefined : slots[1]) ?? slots[0]!;
  const method = channel.method === undefined || channel.method === '*' ? 'HTTP' : channel.method;
  const client = member && match.members ? member.expression : call.expression;
  return {
    edits: [
      insert(source, client.getStart(source.ast), `${helper(source, 'tracedClient')}(`),
      insert(source, client.end, `, ${literal(ts, source, method)}, ${place.index}, ${literal(ts, source, slot.path.slice(0, -1).join('.'))})`),
    ],
  };
};

export default callTracedClient;
