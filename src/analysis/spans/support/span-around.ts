/** Whether work has a span of its own: one that is started where it is called, around it, inside it, or by a decorator. */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import { callersOf } from '../../callers.ts';
import type { Origins } from '../../origins.ts';
import { enclosingFunction } from '../../scope.ts';
import type { Neighbours, SourceText } from '../../source.ts';
import { contains, memberName, unwrap, type FunctionNode } from '../../syntax.ts';

/** Names of functions, whosever they are, that start a span: where a name says so it is believed. */
const starter = new RegExp(`^(${[
  'start(Active|Inactive)?Span(Manual)?', 'startObservation', 'startActiveObservation', 'startSegment', 'startTransaction', 'startBackgroundTransaction',
  'traceable', 'observe', 'wrapTraced', 'traced?', 'tracing', 'otel', 'measure', 'instrument\\w*', 'with\\w*(Span|Trac(e|ing|er)|Telemetry|Observ\\w*|Instrument\\w*)\\w*',
  '(in|run|wrap|record|create|execute|use|do|make|open|begin|new|make)\\w*Span\\w*', '(run|exec(ute)?|call|wrap)\\w*(Traced?|Tracing|WithTelemetry)', 'trace[A-Z]\\w*', 'span',
].join('|')})$`);
/** Helpers of a repair, and others, whose names only look like it. */
const noStarter = /^(traceHandler|traceMessageHandler|traceReceiver|traceConsumer|traceProcessor|traceparent|traceId|traceState|tracedFetch|recordSpanException|instrumentation\w*)$/;
/** A class whose objects are spans: `new AgentSpan(name)`. */
const ownSpan = /(Agent|Workflow|Run|Tool|Trace|Active|Scoped|Timed)\w*Span$/;
const loggers = /(^|\.)_?(log(ger)?|console|debug)$/i;
/** How far a helper is looked into. */
const MAX_CALLS = 1;

export type Operation = 'invoke_agent' | 'execute_tool' | 'invoke_workflow';

export class SpanAround {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
  }

  /** What starts a span around a node, in the functions that enclose it or those that call them. */
  around(node: ts.Node, source: SourceText, operation: Operation): string | undefined {
    const ts = this.#ts;
    let outermost: ts.SignatureDeclaration | undefined;
    for (let fn = enclosingFunction(ts, node); fn; fn = enclosingFunction(ts, fn)) {
      const found = this.ofFunction(fn, source, operation);
      if (found !== undefined) return found;
      outermost = fn;
    }
    return this.#decorated(node) ?? (outermost && this.#byCallers(outermost, source, operation));
  }

  /** What starts a span in a function, or where it is handed over, wrapped or decorated. */
  ofFunction(fn: ts.SignatureDeclaration, source: SourceText, operation: Operation): string | undefined {
    const body = (fn as ts.FunctionLikeDeclaration).body;
    return this.#wrapped(fn, source, operation) ?? this.#decorated(fn) ?? (body ? this.#within(body, source, operation, 0) : undefined);
  }

  /** The same, and those that call it. */
  ofOwn(fn: FunctionNode, source: SourceText, operation: Operation): string | undefined {
    return this.ofFunction(fn, source, operation) ?? this.#byCallers(fn, source, operation);
  }

  /** `traced(async (input) => …)`: what a function is given to. */
  #wrapped(fn: ts.Node, source: SourceText, operation: Operation): string | undefined {
    const ts = this.#ts;
    let at = fn;
    while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isSatisfiesExpression(at.parent)) at = at.parent;
    const call = at.parent;
    return call && ts.isCallExpression(call) && call.arguments.some((argument) => argument === at) ? this.#starts(call, source, operation, 0) : undefined;
  }

  #within(root: ts.Node, source: SourceText, operation: Operation, depth: number): string | undefined {
    let found: string | undefined;
    contains(this.#ts, root, (node) => {
      if (this.#ts.isCallExpression(node)) found ??= this.#starts(node, source, operation, depth);
      else if (this.#ts.isNewExpression(node) && ownSpan.test(node.expression.getText(source.ast))) found ??= node.expression.getText(source.ast);
      return found !== undefined;
    });
    return found;
  }

  /** The name of what starts a span, if the call does: the span of a model call, or of a tool where an agent is meant, is another's. */
  #starts(call: ts.CallExpression, source: SourceText, operation: Operation, depth: number): string | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, call.expression);
    const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee);
    if (name === undefined || noStarter.test(name)) return undefined;
    if (starter.test(name)) {
      if (ts.isPropertyAccessExpression(callee) && loggers.test(callee.expression.getText(source.ast))) return undefined;
      if (name === 'measure' && !ts.isIdentifier(callee)) return undefined;
      return isAnothers(ts, call, name, operation) ? undefined : name;
    }
    if (depth >= MAX_CALLS) return undefined;
    const target = this.#origins.functionOf(call.expression, source);
    return target?.fn.body && !contains(ts, target.fn.body, (node) => node === call) ? this.#within(target.fn.body, target.source, operation, depth + 1) : undefined;
  }

  /** `@Span()`, `@Traced`, `@observe(…)` on the method or class around. */
  #decorated(node: ts.Node): string | undefined {
    const ts = this.#ts;
    for (let at: ts.Node | undefined = node; at; at = at.parent) {
      if (!ts.canHaveDecorators(at)) continue;
      for (const { expression } of ts.getDecorators(at) ?? []) {
        const named = ts.isCallExpression(expression) ? expression.expression : expression;
        const name = ts.isIdentifier(named) ? named.text : memberName(ts, named) ?? '';
        if (/span|trace|observ|instrument|otel|telemetry/i.test(name)) return `@${name}`;
      }
    }
    return undefined;
  }

  /** Whether a function is called, or handed over, where a span is: in its own file and in the rest of the repo. */
  #byCallers(fn: ts.SignatureDeclaration, source: SourceText, operation: Operation): string | undefined {
    const ts = this.#ts;
    const callers = callersOf(ts, this.#origins, this.#neighbours, fn, source, /span|trac|observ|instrument|telemetry/i);
    for (const { call, source: where } of callers) {
      for (let at = enclosingFunction(ts, call); at; at = enclosingFunction(ts, at)) {
        const found = this.ofFunction(at, where, operation);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

const ofOthers: Readonly<Record<Operation, RegExp>> = {
  invoke_agent: /^(chat|text_completion|embeddings|generate_content|execute_tool|tool|llm)\b/i,
  invoke_workflow: /^(chat|text_completion|embeddings|generate_content|execute_tool|tool|llm)\b/i,
  execute_tool: /^(chat|text_completion|embeddings|generate_content|invoke_agent|invoke_workflow)\b/i,
};

function isAnothers(ts: Ts, call: ts.CallExpression, name: string, operation: Operation): boolean {
  if (name === 'traceTool') return operation !== 'execute_tool';
  if (name === 'traceAgent' || name === 'traceWorkflow') return operation === 'execute_tool';
  return call.arguments.some((argument) => {
    const node = unwrap(ts, argument);
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text : undefined;
    return text !== undefined && ofOthers[operation].test(text);
  });
}

