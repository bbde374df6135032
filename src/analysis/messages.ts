/** What a person reads: which boundary, what the far side sees, why, and the repair. */
import type { Ts } from '../types.ts';
import type { Judged } from './judge.ts';

const MAX_CALLEE = 48;

export function messageOf(ts: Ts, judged: Judged): string {
  const unexplained = judged.unexplained ? ` The \`handoff-ignore\` here says no reason: write \`// handoff-ignore ${judged.rule} -- why\`.` : '';
  return wordsOf(ts, judged) + unexplained;
}

function wordsOf(ts: Ts, judged: Judged): string {
  const { boundary, spot } = judged;
  if (spot) return `\`${snippet(ts, judged)}\` ${spot.says ?? boundary.farSide}. ${spot.advice ?? boundary.advice}`;
  const what = `\`${snippet(ts, judged)}\`${boundary.package ? ` (${boundary.library})` : ''}`;
  const peer = judged.peers.find((p) => ['carried', 'covered'].includes(p.verdict));
  const declare = judged.severity === 'warn' && judged.destination === undefined && !judged.unknown ? ' Node keeps the context here; other runtimes lose it: say which this is with `runtime` in handoff.config.json.' : '';
  if (judged.unknown) return `${what} may hand work over without trace context, and nothing tells what it is called on: if it is ${boundary.library}'s, ${boundary.farSide}. ${boundary.advice}`;
  const strict = judged.facts.strict && boundary.runtimes.node === 'kept' ? ' Node keeps the context here; `strict` asks for an explicit capture all the same.' : '';
  if (judged.twice) {
    return `${what} is sent with two carriers, ${judged.twice.hand} and that of ${judged.twice.by}: ${twoCarriers(judged)}. ${sentence(judged.twice.advice)}`;
  }
  if (judged.verdict === 'untraced') {
    return `${what} hands work to ${baseName(judged.channel.label)}, which starts no tracer: no carrier helps until that file starts one (import your telemetry set-up first).`;
  }
  if (judged.verdict === 'one-sided' && boundary.role === 'consumer') {
    return `${what} doesn't read the trace context that ${peer ? `\`${snippet(ts, peer)}\`` : 'its producer'} sends: ${boundary.farSide}. ${boundary.advice}`;
  }
  if (judged.verdict === 'one-sided') {
    return `${what} sends no trace context, though ${peer ? `\`${snippet(ts, peer)}\`` : 'its consumer'} reads it: ${boundary.farSide}. ${boundary.advice}`;
  }
  if (judged.verdict === 'leaked') return `${what} begins work without an end inside a request: ${boundary.farSide}. ${boundary.advice}`;
  if (boundary.role === 'consumer') return `${what} doesn't read the trace context of the work that it takes: ${boundary.farSide}. ${boundary.advice}${declare}`;
  if (boundary.role === 'callback') return `${what} hands ${judged.record ? 'a run' : 'its callback'} over without trace context: ${boundary.farSide}. ${judged.refusal?.code === 'recurring' && !boundary.recurring ? 'Do not bind it (every run would join this trace): start a span of its own in each run.' : judged.record ? 'Keep `context.active()` in the record that the key names, and start the run in it.' : boundary.advice}${declare}${strict}`;
  return `${what} hands work over without trace context: ${boundary.farSide}. ${boundary.advice}${declare}`;
}

function twoCarriers({ boundary }: Judged): string {
  return boundary.family === 'http' ? 'the receiver gets two values of `traceparent`, drops both, and starts a new trace' : 'the receiver can use neither, and starts a new trace';
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** `queue.add('emails', …)`: the call as it stands, in short. */
export function snippet(ts: Ts, judged: Judged): string {
  const { node, source } = judged;
  if (ts.isPropertyAssignment(node)) return node.getText(source.ast);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return judged.token.getText(source.ast);
  const callee = node.expression.getText(source.ast).replace(/\s*(\??\.)\s*/g, '$1').replace(/\s+/g, ' ');
  const short = callee.length > MAX_CALLEE ? `…${callee.slice(callee.lastIndexOf('.'))}` : callee;
  const first = node.arguments?.[0];
  const literal = first && ts.isStringLiteralLike(first) && first.text.length <= 40 ? [`'${first.text}'`] : [];
  const more = (node.arguments?.length ?? 0) > literal.length ? ['…'] : [];
  if (ts.isDecorator(node.parent)) return `@${short}(${[...literal, ...more].join(', ')})`;
  return `${ts.isNewExpression(node) ? 'new ' : ''}${short}(${[...literal, ...more].join(', ')})`;
}

/** Of an instrumentation that is declared, registered nowhere, and would carry what these places lose. */
export function unregisteredWords(ts: Ts, dependency: string, sites: readonly Judged[]): { message: string; repair: string } {
  const names = [...new Set(sites.map((site) => calleeOf(ts, site)))];
  const shown = names.slice(0, 3).map((name) => {
    const places = sites.filter((site) => calleeOf(ts, site) === name).length;
    return `\`${name}\`${places > 1 ? ` (${places} places)` : ''}`;
  });
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  const goes = sites.every(({ boundary }) => boundary.role === 'consumer') ? 'read no trace context' : 'go out without trace context';
  const verb = names.length > 1 ? goes : goes.replace(/^go /, 'goes ').replace(/^read /, 'reads ');
  const repair = 'Register it, or list it in `instrumentations` of handoff.config.json if an operator or layer does that outside.';
  return { message: `\`${dependency}\` is a dependency, but nothing in this repository registers it: ${shown.join(', ')}${more} ${verb}. ${repair}`, repair };
}

function calleeOf(ts: Ts, site: Judged): string {
  return snippet(ts, site).replace(/\(.*$/s, '');
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
