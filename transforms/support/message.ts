/** What reads the carrier of a message and does the work in its context: around a handler, or the body of a loop. */
import type ts from 'typescript';
import { handlerOf } from '../../src/analysis/handoffs.ts';
import type { Judged } from '../../src/analysis/judge.ts';
import { isFunctionNode, property, propertyName, unwrap } from '../../src/analysis/syntax.ts';
import type { Slot } from '../../src/catalogue/schema.ts';
import { perBranch } from './branches.ts';
import { enclose } from './enclose.ts';
import { removedByIdentity } from './identity.ts';
import { isGiven } from './slots.ts';
import { refuse, type Plan, type RepairTools } from './strategy.ts';
import { literal, wrap } from './text.ts';

/** Around the handler of a site, which is given the message in the slot's parameter. */
export function extractFrom(slot: Slot, site: Judged, tools: RepairTools): Plan {
  const { ts, helper } = tools;
  const { source, boundary } = site;
  const callback = handlerOf(site);
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the handler is not written out');
  const unfit = unfitFor(slot, site, tools);
  if (unfit) return unfit;
  return perBranch(ts, callback, (handler) => {
    const node = unwrap(ts, handler);
    if (isFunctionNode(ts, node)) return enclose(ts, source, node, slot.parameter === 0 ? 'message' : 'extra', (parameter) => opening(slot, site, parameter, tools), slot.parameter);
    if (!ts.isExpression(node)) return refuse('unsupported-shape', 'the handler is not written out');
    if (removedByIdentity(ts, handler, source.ast)) return refuse('identity-needed', 'the function is also taken off by its identity; wrap it once where it is made');
    const short = aroundShorter(slot, site, handler, tools);
    if (short) return short;
    const before = Array.from({ length: slot.parameter }, (_, i) => `_${i}`);
    const carrierOf = `(${[...before, 'message'].join(', ')}) => ${carrier(slot, site, 'message', tools)}`;
    // `{ toast }`
    const key = ts.isShorthandPropertyAssignment(handler.parent) ? `${handler.getText(source.ast)}: ` : '';
    return boundary.system === undefined
      ? { edits: wrap(source, handler, `${key}${helper(source, 'traceReceiver')}(`, `, ${carrierOf})`) }
      : { edits: wrap(source, handler, `${key}${helper(source, 'traceConsumer')}(`, `, ${about(site, tools)}, ${literal(ts, source, tools.relation(site))}, ${carrierOf})`) };
  });
}

/**
 * A function by name that doesn't take the parameter which brings the carrier: `(city, extra) => withCarrier(…, () => look(city))`.
 * A wrapper of the function's own type could not be asked for it.
 */
function aroundShorter(slot: Slot, site: Judged, callback: ts.Expression, tools: RepairTools): Plan | undefined {
  const { ts, origins } = tools;
  const node = unwrap(ts, callback);
  const target = ts.isIdentifier(node) ? origins.functionOf(callback, site.source) : undefined;
  const parameters = target?.fn.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this'));
  if (!parameters || parameters.length > slot.parameter || parameters.some((each) => each.dotDotDotToken)) return undefined;
  const own = node.getText();
  const names = parameters.map(({ name }, i) => ts.isIdentifier(name) && name.text !== own ? name.text : `given${i === 0 ? '' : i + 1}`);
  const missing = Array.from({ length: slot.parameter - names.length }, (_, i) => `_${names.length + i}`);
  const message = [slot.parameter === 0 ? 'message' : 'extra', 'carrier', 'received', 'given'].find((name) => name !== own && !names.includes(name));
  if (message === undefined) return undefined;
  const key = ts.isShorthandPropertyAssignment(callback.parent) ? `${own}: ` : '';
  return { edits: wrap(site.source, callback, `${key}(${[...names, ...missing, message].join(', ')}) => ${opening(slot, site, message, tools)}() => `, `(${names.join(', ')}))`) };
}

/** The call that the work is handed to, up to and with the comma: `processMessage(about, message.headers, 'link', `. */
export function opening(slot: Slot, site: Judged, message: string, tools: RepairTools): string {
  const { ts, helper } = tools;
  return site.boundary.system === undefined
    ? `${helper(site.source, 'withCarrier')}(${carrier(slot, site, message, tools)}, `
    : `${helper(site.source, 'processMessage')}(${about(site, tools)}, ${carrier(slot, site, message, tools)}, ${literal(ts, site.source, tools.relation(site))}, `;
}

/** Why the slot is not there, although the library has it. */
export function unfitFor(slot: Slot, site: Judged, tools: RepairTools): Plan | undefined {
  const { ts } = tools;
  if (slot.given && !isGiven(tools, site, slot.given)) return refuse('payload-only-slot', `a message brings a carrier outside its payload only with \`${slot.given.option}: ${slot.given.value}\`, which was not seen where the client is made`);
  if (slot.path.includes('_otel') && site.peers.length === 0) return refuse('payload-only-slot', 'the code that hands it over was not found in this repository');
  const many = 'the handler may be given several at once: make a `process` span for each, with a link to its own producer';
  if (slot.handlers && !slot.handlers.includes(propertyName(ts, site.token as ts.PropertyName) ?? '')) return refuse('unsupported-shape', many);
  const { single = [] } = slot;
  for (const each of single.length > 0 ? site.args : []) {
    const node = unwrap(ts, each);
    const isMany = ts.isObjectLiteralExpression(node) ? single.some((name) => property(ts, node, name)) : !isFunctionNode(ts, node) && each !== site.args[0] && each !== handlerOf(site);
    if (isMany) return refuse('unsupported-shape', many);
  }
  return undefined;
}

/** Where the message has its carrier: `message.properties?.headers`; one in the payload itself is hidden as it is read. */
function carrier({ path }: Slot, site: Judged, message: string, { helper }: RepairTools): string {
  const hidden = path.at(-1) === '_otel';
  const pieces = hidden ? path.slice(0, -1) : path;
  const text = message + pieces.map((piece) => {
    const optional = piece.startsWith('?');
    const name = optional ? piece.slice(1) : piece;
    if (/^\d+$/.test(name)) return `${optional ? '?.' : ''}[${name}]`;
    return `${optional ? '?.' : '.'}${name}`;
  }).join('');
  return hidden ? `${helper(site.source, 'messageCarrier')}(${text})` : text;
}

function about({ boundary, channel, source }: Judged, { ts }: RepairTools): string {
  // A queue's URL ends with its name.
  const name = /^https?:/.test(channel.label) ? channel.label.split('/').at(-1)! : channel.label;
  const destination = /^[^*]+$/.test(name) ? `, destination: ${literal(ts, source, name)}` : '';
  return `{ system: ${literal(ts, source, boundary.system!)}${destination} }`;
}

