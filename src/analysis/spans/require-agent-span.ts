/** A sub-agent run, a tool's work or a workflow without a span of its own. */
import type ts from 'typescript';
import type { Agent } from '../../catalogue/schema.ts';
import type { Boundary } from '../../types.ts';
import type { SpanCheck, Spot } from './support/check.ts';
import { findAgents, type AgentPlace } from './support/agents.ts';
import { SpanAround } from './support/span-around.ts';
import { enclosingClass } from '../declarations.ts';
import { isInTest } from '../tests.ts';
import { contains, memberName, propertyName, unwrap } from '../syntax.ts';
import type { CheckedFile } from './support/check.ts';

const requireAgentSpan: SpanCheck = {
  rule: 'require-agent-span',
  find(file, boundaries) {
    if (isOfTests(file.facts.place)) return [];
    const spans = new SpanAround(file.ts, file.origins, file.neighbours);
    const found = findAgents(file, boundaries);
    const lacking = found.filter((place) => whyInOrder(file, place, spans) === undefined);
    // One span is enough: what an agent's own method calls is inside of it.
    const own = lacking.filter(({ as }) => as === 'class');
    const bodies = lacking.filter(({ as }) => as === 'class' || as === 'loop').map(({ fn }) => fn!);
    return lacking.filter((place) => !own.some((other) => other !== place && isPartOf(file, place, other))).filter(({ node, as }) => as === 'tool' || as === 'subclass' || !bodies.some((body) => body !== node && body.pos <= node.pos && node.end <= body.end && !(as === 'class' && body === node)))
      .map((place) => spotOf(place));
  },
};

export default requireAgentSpan;

function spotOf({ boundary, node, token, fn, call, name, input, label, isStream, why }: AgentPlace): Spot {
  const parts: Record<string, ts.Node> = { ...(fn ? { fn } : {}), ...(call ? { call } : {}), ...(name ? { name } : {}), ...(input ? { input } : {}) };
  return {
    boundary: boundary.id, node, token, verdict: 'untraced', why, parts,
    ...(label === undefined ? {} : { advice: boundary.advice.replace(/`(\w+)` span/, `\`$1 ${label}\` span`) }),
    ...(isStream ? { refusal: { code: 'streaming', detail: 'it gives its result piece by piece: the span would end before the work does' } } : {}),
  };
}

/** Why an agent, tool or workflow needs no span from us, as far as can be told; in doubt there is a reason. */
function whyInOrder(file: CheckedFile, place: AgentPlace, spans: SpanAround): string | undefined {
  const { ts, source } = file;
  const { boundary, as, node, fn } = place;
  const agent = boundary.agent!;
  if (isInTest(ts, node)) return 'a test\'s own';
  const library = boundary.match.modules[0];
  const covered = library === undefined ? undefined : ownTelemetry(file, boundary, agent, place);
  if (covered !== undefined) return covered;
  if (as === 'call' || as === 'member') return spans.around(node, source, agent.operation);
  // A tool is made where it is made, and does its work elsewhere: only what is inside it counts.
  return as === 'tool' ? spans.ofFunction(fn!, source, agent.operation) : spans.ofOwn(fn!, source, agent.operation);
}

/** `run` that calls `this.execute(…)`: one agent, and the span of `run` is around both. */
function isPartOf({ ts }: CheckedFile, { as, fn }: AgentPlace, other: AgentPlace): boolean {
  const name = as === 'class' && fn && (ts.isMethodDeclaration(fn) ? fn.name : (fn.parent as ts.PropertyDeclaration).name);
  return name !== undefined && name !== false && other.fn !== fn && contains(ts, other.fn!, (node) => ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    && node.expression.expression.kind === ts.SyntaxKind.ThisKeyword && node.expression.name.getText() === name.getText() && enclosingClass(ts, other.fn!) === enclosingClass(ts, fn));
}

function ownTelemetry({ ts, facts, origins, source }: CheckedFile, boundary: Boundary, agent: Agent, { call, madeBy, options }: AgentPlace): string | undefined {
  const library = boundary.package;
  if (library !== undefined && agent.traced !== undefined) {
    const version = facts.versionOf(library);
    if (version === undefined || facts.satisfies(version, agent.traced)) return `${library} makes spans by itself`;
  }
  for (const given of [options, ...(call?.arguments ?? []), ...(madeBy?.node.arguments ?? [])]) {
    const object = given && unwrap(ts, given);
    const value = object && ts.isIdentifier(object) ? origins.values.initializer(object, source)?.node : object;
    const literal = value && unwrap(ts, value);
    if (!literal || !ts.isObjectLiteralExpression(literal)) continue;
    for (const name of agent.telemetry) {
      const on = literal.properties.find((part) => propertyName(ts, part.name as ts.PropertyName) === name);
      if (on && !contains(ts, on, (n) => ts.isPropertyAssignment(n) && propertyName(ts, n.name) === 'isEnabled' && n.initializer.kind === ts.SyntaxKind.FalseKeyword)) return `\`${name}\``;
      // What is spread in may hold it.
      if (literal.properties.some((part) => ts.isSpreadAssignment(part) && agent.telemetry.length > 0 && !isPlainSpread(part.expression.getText()))) return 'perhaps in what is spread in';
    }
  }
  // Options that are built elsewhere can't be read here.
  if (agent.telemetry.length > 0 && call?.arguments[0] && !ts.isObjectLiteralExpression(unwrap(ts, call.arguments[0])) && memberName(ts, call.expression) === undefined && agent.as === 'call') return 'its options are built elsewhere';
  return agent.telemetryWords.length > 0 && facts.agents().mentions(agent.telemetryWords) ? 'the package has its own telemetry on' : undefined;
}

/** `...(temperature ? { temperature } : {})` */
function isPlainSpread(text: string): boolean {
  return !/telemetry|options|config|settings|common|base|default|args|params|rest|props/i.test(text);
}

/** Where tests, their fixtures, benchmarks and programs of a framework that show how it is used stand. */
function isOfTests(place: string): boolean {
  return /(^|\/)(tests?|tests?-\w+|testing|__tests__|__mocks__|e2e|specs?|fixtures?|mocks?|bench(marks?)?|evals?|stories)\/|\.(test|spec|e2e|eval|bench|stories)\.[cm]?[jt]sx?$/.test(place);
}
