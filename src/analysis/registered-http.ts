/** The base address that a Nest module registers for the `HttpService` of its providers. https://docs.nestjs.com/techniques/http-module */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import type { Origins } from './origins.ts';
import type { Neighbours, SourceText } from './source.ts';
import { contains, memberName, propertyValue, unwrap, walk } from './syntax.ts';

interface Placed {
  node: ts.Expression;
  source: SourceText;
}

const registers = /\bHttpModule\s*\.\s*register(Async)?\s*\(/;

export class RegisteredHttp {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;
  readonly #known = new WeakMap<ts.Node, Placed | undefined>();

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
  }

  /** `HttpModule.register({ baseURL })` in the module that provides the class in which a request is made. */
  baseOf(request: ts.Node, source: SourceText): Placed | undefined {
    const owner = enclosingClass(this.#ts, request);
    const name = owner?.name?.text;
    if (!owner || name === undefined) return undefined;
    if (!this.#known.has(owner)) this.#known.set(owner, this.#find(name, source));
    return this.#known.get(owner);
  }

  #find(provider: string, from: SourceText): Placed | undefined {
    const files = this.#neighbours?.filesWith?.('HttpModule') ?? [];
    const own = this.#neighbours?.packageName?.(from.path);
    for (const path of files) {
      const text = this.#neighbours?.read?.(path);
      if (!text?.includes(provider) || !registers.test(text) || this.#neighbours?.packageName?.(path) !== own) continue;
      const file = this.#neighbours?.load(path);
      const found = file && this.#registeredIn(file, provider);
      if (found) return found;
    }
    return undefined;
  }

  #registeredIn(file: SourceText, provider: string): Placed | undefined {
    const ts = this.#ts;
    let found: Placed | undefined;
    walk(ts, file.ast, (node) => {
      if (found || !ts.isObjectLiteralExpression(node)) return;
      const [imports, providers] = ['imports', 'providers'].map((name) => propertyValue(ts, node, name));
      if (!imports || !providers || !contains(ts, providers, (each) => ts.isIdentifier(each) && each.text === provider)) return;
      walk(ts, imports, (each) => {
        if (ts.isCallExpression(each) && registers.test(each.getText(file.ast))) found ??= this.#given(each, file);
      });
    });
    return found;
  }

  #given(call: ts.CallExpression, file: SourceText): Placed | undefined {
    const ts = this.#ts;
    const [argument] = call.arguments;
    const options = argument && unwrap(ts, argument);
    if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
    if (memberName(ts, call.expression) === 'register') return this.#baseIn(options, file);
    const factory = propertyValue(ts, options, 'useFactory');
    if (factory) return this.#baseIn(factory, file);
    const named = propertyValue(ts, options, 'useClass') ?? propertyValue(ts, options, 'useExisting');
    const origin = named && this.#origins.of(named, file);
    return origin?.kind === 'local' && ts.isClassLike(origin.node) ? this.#baseIn(origin.node, origin.source) : undefined;
  }

  #baseIn(node: ts.Node, source: SourceText): Placed | undefined {
    const ts = this.#ts;
    let found: Placed | undefined;
    walk(ts, node, (each) => {
      const base = ts.isObjectLiteralExpression(each) ? propertyValue(ts, each, 'baseURL') : undefined;
      if (base) found ??= { node: base, source };
    });
    return found;
  }
}
