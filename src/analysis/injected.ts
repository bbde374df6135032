/** What dependency injection hands in: by a decorator, a container's token, or a provider elsewhere in the repo. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { callers, containers, isOneOf, namedObjects, tokenDecorators, typedGetters, wrappers } from '../catalogue/injections.ts';
import type { Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isFunctionNode, memberName, unwrap } from './syntax.ts';

export class Injected {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
  }

  /** `@InjectQueue('mail') q`, `@Inject(MailQueue) q`, `@Inject('QUEUE') q`. */
  decorated(node: ts.ParameterDeclaration | ts.PropertyDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    for (const { expression } of ts.getDecorators(node) ?? []) {
      const call = ts.isCallExpression(expression) ? expression : undefined;
      const decorator = this.#origins.of(call?.expression ?? expression, source, depth);
      if (decorator?.kind !== 'library') continue;
      const known = namedObjects.find((each) => isOneOf(each, decorator));
      if (known) return { kind: 'library', ...known.gives, instance: true, ...(call ? { built: { node: call, source, nameOnly: true } } : {}) };
      const token = call?.arguments[0];
      if (token && isOneOf(tokenDecorators, decorator)) return this.#byToken(token, source, depth);
    }
    return undefined;
  }

  /** `container.resolve(MailQueue)`, `moduleRef.get<Queue>(getQueueToken('mail'))`, `container.get('queue')`. */
  given(call: ts.CallExpression, callee: Origin | undefined, source: SourceText, depth: number): Origin | undefined {
    const name = memberName(this.#ts, call.expression) ?? (this.#ts.isIdentifier(call.expression) ? call.expression.text : '');
    if (!containers.members.includes(name) && !typedGetters.test(name)) return undefined;
    const [type, more] = call.typeArguments ?? [];
    const isOpen = callee === undefined || callee.kind === 'library';
    const typed = type && !more && isOpen && typedGetters.test(name) ? this.#origins.types.of(type, source, depth + 1) : undefined;
    const [token] = call.arguments;
    const fromContainer = callee?.kind === 'library' && containers.modules.includes(callee.module) && containers.members.includes(name);
    return typed ?? (token && fromContainer ? this.#byToken(token, source, depth) : undefined);
  }

  /** `asValue(new Queue('mail'))` of a container's registration, `context.with(ROOT_CONTEXT, () => new Queue('mail'))`. */
  wrapped(call: ts.CallExpression, callee: Origin & { kind: 'library' }, source: SourceText, depth: number): Origin | undefined {
    const caller = callers.find((each) => isOneOf(each, callee));
    const called = caller && call.arguments[caller.argument];
    const fn = called && this.#origins.functionOf(called, source);
    if (fn) return this.#origins.resultOf(fn.fn, fn.source, depth + 1);
    const [inner] = call.arguments;
    const wrapper = inner && wrappers.find((each) => isOneOf(each, callee));
    if (!wrapper) return undefined;
    const origin = this.#origins.of(inner, source, depth + 1);
    if (wrapper.gives === 'value') return origin;
    if (wrapper.gives === 'object') return this.#objectOf(origin, depth);
    return origin?.kind === 'local' && isFunctionNode(this.#ts, origin.node) ? this.#origins.resultOf(origin.node, origin.source, depth + 1) : undefined;
  }

  /** What a provider gives: `useValue`, `useFactory`, `useClass`. */
  provider(kind: string, value: ts.Expression, source: SourceText): Origin | undefined {
    const origin = this.#origins.of(value, source);
    if (/^(useValue|toConstantValue|registerInstance)$/.test(kind)) return origin;
    if (/^(useClass|useExisting|to|registerSingleton)$/.test(kind)) return this.#objectOf(origin, 0);
    return origin?.kind === 'local' && isFunctionNode(this.#ts, origin.node) ? this.#origins.resultOf(origin.node, origin.source, 0) : undefined;
  }

  #byToken(token: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const origin = this.#origins.of(token, source, depth + 1);
    if (origin?.kind === 'library' && origin.built) {
      const known = namedObjects.find((each) => isOneOf(each, origin));
      if (known) return { kind: 'library', ...known.gives, instance: true, built: { ...origin.built, nameOnly: true } };
    }
    return this.#objectOf(origin, depth) ?? this.#neighbours?.provided?.(unwrap(this.#ts, token), source, this.#origins);
  }

  /** An object of the class that a token is. */
  #objectOf(origin: Origin | undefined, depth: number): Origin | undefined {
    if (origin?.kind === 'library') return !origin.instance && /^([A-Z]\w*|default)$/.test(origin.name) ? { ...origin, instance: true } : undefined;
    return origin?.kind === 'local' && this.#ts.isClassLike(origin.node) ? this.#origins.members.constructed(origin, undefined, depth) : undefined;
  }
}
