/** Objects that the repo hands around: in option bags (`new Account({ documentsQueue })`) and by injection tokens (`{ provide: 'QUEUE', useFactory }`). */
import type ts from 'typescript';
import { constantOf } from '../analysis/constants.ts';
import { indexOf } from '../analysis/file-index.ts';
import type { LibraryOrigin, Origin, Origins } from '../analysis/origins.ts';
import { isScalarName } from '../analysis/scalar-names.ts';
import type { SourceText } from '../analysis/source.ts';
import { memberName, propertyName, propertyValue, walk } from '../analysis/syntax.ts';
import type { Ts } from '../types.ts';
import type { Vocabularies } from './vocabularies.ts';

/** How a provider says what it gives, as frameworks spell it: a property of an object, or a member that is called. */
const kinds = ['useValue', 'useFactory', 'useClass', 'useExisting'] as const;
const binders = /^(to|toConstantValue|toDynamicValue|registerInstance|registerSingleton|register)$/;
/** A file without any of these provides nothing. */
const providing = /\bprovide\b|\.bind[(<]|\.register(Instance|Singleton)?[(<]/;

/** A name under which so many files put nothing of the kind is too common to be followed further. */
const MAX_FILES = 30;
/** The same for a name that says nothing of what a library's object does. */
const MAX_FILES_OF_ANY = 8;
const telling = /queue|client|redis|valkey|pub|sub|bus|broker|produc|consum|channel|connection|conn$|worker|pool|emitter|events?$|nats|mqtt|kafka|rabbit|amqp|sqs|sns|socket|^io$|^ws|wss|http|axios|fetch|server|stream|agenda|schedul|flow|topic|inngest|temporal|agent|transport|gateway/i;
/** So many files that put one thing there, or nothing, are answer enough. */
const ENOUGH = 40;

/** What lists, texts, dates, maps and functions have themselves: under such a name nobody is looking for what was passed. */
const builtIn = new Set([Array, String, Date, Map, Set, Function, RegExp, Promise, Object].flatMap((each) => Object.getOwnPropertyNames(each.prototype)));

/** What all agree on, and the first file that shows it. */
interface Agreed {
  source: SourceText;
  origin: Origin;
}

export class PassedValues {
  readonly #ts: Ts;
  readonly #paths: readonly string[];
  readonly #read: (path: string) => string | undefined;
  readonly #vocabularies: Vocabularies;
  readonly #load: (path: string) => SourceText | undefined;
  /** By what was asked, the file that shows what all agree on: the object itself would keep that file's tree in memory. */
  readonly #known = new Map<string, string | undefined>();
  /** The objects, as long as their trees are there. */
  readonly #shown = new WeakMap<ts.SourceFile, Map<string, Origin | undefined>>();
  #decorating: readonly string[] | undefined;

  /** @param paths the files with any word of the catalogue */
  constructor(ts: Ts, paths: readonly string[], read: (path: string) => string | undefined, vocabularies: Vocabularies, load: (path: string) => SourceText | undefined) {
    this.#ts = ts;
    this.#paths = paths;
    this.#read = read;
    this.#vocabularies = vocabularies;
    this.#load = load;
  }

  /** What stands under `name` in object literals, where it is an object of one library's class everywhere. */
  of(name: string, origins: Origins): Origin | undefined {
    if (builtIn.has(name) || isScalarName(name)) return undefined;
    const given = keyPattern(name);
    const mayName = this.#vocabularies.naming(name);
    return this.#once(name, () => this.#holding((text) => text.includes(name) && given.test(text), mayName), (source) => this.#values(source, name, origins), telling.test(name) ? MAX_FILES : MAX_FILES_OF_ANY);
  }

  /** What `app.decorate(name, value)` hangs on the objects of a framework. */
  decorated(name: string, origins: Origins): Origin | undefined {
    this.#decorating ??= this.#holding((text) => text.includes('.decorate('), this.#vocabularies.naming('decorate'));
    if (this.#decorating.length === 0 || builtIn.has(name)) return undefined;
    return this.#once(`decorated ${name}`, () => this.#decorating!, (source) => this.#decorations(source, name, origins));
  }

  /** What providers give for an injection token: a text, or a name that stands for a symbol. */
  provided(token: ts.Expression, source: SourceText, origins: Origins): Origin | undefined {
    const key = this.#keyOf(token, source, origins);
    const word = /[\w$]+$/.exec(token.getText(source.ast).replace(/\W+$/, ''))?.[0];
    if (word === undefined) return undefined;
    const exact = constantOf(this.#ts, origins, token, source);
    const mentions = (text: string): boolean => providing.test(text) && (text.includes(word) || (exact.exact && text.includes(exact.text)));
    return this.#once(`token ${key}`, () => this.#holding(mentions), (each) => this.#provisions(each, key, origins));
  }

  #once(key: string, paths: () => readonly string[], find: (source: SourceText) => Origin[], limit?: number): Origin | undefined {
    if (!this.#known.has(key)) {
      this.#known.set(key, undefined); // a cycle ends here
      const agreed = this.#agreed(paths(), find, limit);
      this.#known.set(key, agreed?.source.path);
      if (agreed) this.#shownIn(agreed.source).set(key, agreed.origin);
      return agreed?.origin;
    }
    const path = this.#known.get(key);
    const source = path === undefined ? undefined : this.#load(path);
    if (!source) return undefined;
    const shown = this.#shownIn(source);
    if (!shown.has(key)) {
      shown.set(key, undefined); // a cycle ends here, too
      shown.set(key, this.#agreed([source.path], find)?.origin);
    }
    return shown.get(key);
  }

  #shownIn({ ast }: SourceText): Map<string, Origin | undefined> {
    let shown = this.#shown.get(ast);
    if (!shown) this.#shown.set(ast, shown = new Map<string, Origin | undefined>());
    return shown;
  }

  /** The files whose texts hold something; `may`: those that are read at all. */
  #holding(holds: (text: string) => boolean, may: (path: string) => boolean = () => true): string[] {
    return this.#paths.filter((path) => may(path) && holds(this.#read(path) ?? ''));
  }

  /** One answer for all files, or none: a library's object, else an object of the repo's own. `limit`: after so many files without either, none. */
  #agreed(paths: readonly string[], find: (source: SourceText) => Origin[], limit = Infinity): Agreed | undefined {
    let found: { source: SourceText; origin: LibraryOrigin } | undefined;
    const own = new Map<ts.Node, Agreed>();
    for (const [index, path] of paths.entries()) {
      if (index >= limit && !found) return undefined;
      if (index >= ENOUGH && limit < ENOUGH) return found;
      const source = this.#load(path);
      for (const origin of source ? find(source) : []) {
        if (origin.kind === 'object') own.set(origin.of, { source: source!, origin });
        if (origin.kind !== 'library' || !origin.instance || origin.reached) continue;
        if (found && (found.origin.module !== origin.module || found.origin.name !== origin.name)) return undefined;
        found ??= { source: source!, origin };
      }
    }
    return found ?? (own.size === 1 ? own.values().next().value : undefined);
  }

  #values(source: SourceText, name: string, origins: Origins): Origin[] {
    return (indexOf(this.#ts, source.ast).properties.get(name) ?? []).flatMap((value) => origins.of(value, source) ?? []);
  }

  #decorations(source: SourceText, name: string, origins: Origins): Origin[] {
    const ts = this.#ts;
    return (indexOf(ts, source.ast).calls.get('decorate') ?? []).flatMap((call) => {
      const [key, value] = call.arguments ?? [];
      return (key && value && ts.isStringLiteralLike(key) && key.text === name && origins.of(value, source)) || [];
    });
  }

  /** `{ provide: TOKEN, useFactory: … }`, `container.bind(TOKEN).toConstantValue(…)`, `container.register(TOKEN, { useValue: … })`. */
  #provisions(source: SourceText, key: string, origins: Origins): Origin[] {
    const ts = this.#ts;
    const given: Origin[] = [];
    const add = (kind: string, value: ts.Expression | undefined): void => {
      const origin = value && origins.injected.provider(kind, value, source);
      if (origin) given.push(origin);
    };
    const isKey = (token: ts.Expression | undefined): boolean => token !== undefined && this.#keyOf(token, source, origins) === key;
    walk(ts, source.ast, (node) => {
      if (ts.isObjectLiteralExpression(node) && isKey(propertyValue(ts, node, 'provide'))) {
        for (const kind of kinds) add(kind, valueOf(ts, node, kind));
      }
      const member = ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined;
      if (!ts.isCallExpression(node) || member === undefined || !binders.test(member)) return;
      const [first, second] = node.arguments;
      const { expression: receiver } = node.expression as ts.PropertyAccessExpression;
      if (!member.startsWith('register')) {
        if (ts.isCallExpression(receiver) && memberName(ts, receiver.expression) === 'bind' && isKey(receiver.arguments[0])) add(member, first);
      } else if (second && isKey(first)) {
        if (member !== 'register') add(member, second);
        else if (ts.isObjectLiteralExpression(second)) for (const kind of kinds) add(kind, valueOf(ts, second, kind));
      }
    });
    return given;
  }

  /** Equal keys are one token: a known text, else what stands there. */
  #keyOf(token: ts.Expression, source: SourceText, origins: Origins): string {
    const { exact, text } = constantOf(this.#ts, origins, token, source);
    return exact ? `'${text}'` : token.getText(source.ast);
  }
}

function valueOf(ts: Ts, object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const method = object.properties.find((part) => ts.isMethodDeclaration(part) && propertyName(ts, part.name) === name);
  // A method is no expression to the compiler's types; what is asked of it takes a function of any kind.
  return propertyValue(ts, object, name) ?? (method as ts.Node as ts.Expression | undefined);
}

/** What no object of a library is given as: a text, a number, a literal, a function, or in an interface a plain type. */
const plain = /["'`\d{[!-]|(?:async|function|null|undefined|true|false|string|number|boolean|any|unknown|void)\b|\w+\s*=>|\([^()]*\)\s*=>/.source;

/** What must stand in a text in which an object literal holds such an object: `name: value`, `'name': value`, `name,`, `name }`. */
function keyPattern(name: string): RegExp {
  const key = `${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'\`]?\\s*`;
  return new RegExp(`(?<![\\w$])${key}(?:[\\],}]|/[/*]|:\\s*(?!${plain}|\\s))`);
}
