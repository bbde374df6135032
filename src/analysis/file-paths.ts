/** Which files an expression may name: `path.join(__dirname, 'worker.js')`, `new URL('./worker.js', import.meta.url)`. */
import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Passed } from './callers.ts';
import { constantOf, type Given } from './constants.ts';
import type { Origins } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, unwrap, walk } from './syntax.ts';

/** What an expression that makes a file's path may come to: absolute paths, the likeliest first. */
export class Paths {
  readonly #ts: Ts;
  readonly #origins: Origins;
  /** What the parameters of the functions are given that are being looked into. */
  readonly #given: Map<ts.ParameterDeclaration, Passed>;

  constructor(ts: Ts, origins: Origins, given?: Given) {
    this.#ts = ts;
    this.#origins = origins;
    this.#given = new Map(given);
  }

  of(expression: ts.Expression, source: SourceText): string[] {
    const whole = this.#absolute(expression, source, 0);
    if (whole.length > 0) return whole;
    const text = this.#text(expression, source);
    if (text === undefined) return [];
    const path = text.replace(/^file:\/\//, '');
    // Beside the file, as a bundler reads it, else below a folder above it: Node starts at the working directory.
    if (isAbsolute(path)) return [path, ...served(source, path)];
    return [resolvePath(dirname(source.path), path), ...above(source, path)];
  }

  /** Paths that are absolute by themselves. */
  #absolute(expression: ts.Expression, source: SourceText, depth: number): string[] {
    const ts = this.#ts;
    if (depth > 8) return [];
    const node = unwrap(ts, expression);
    const again = (next: ts.Expression | undefined, from = source): string[] => next ? this.#absolute(next, from, depth + 1) : [];
    if (ts.isIdentifier(node)) {
      const value = this.#origins.values.initializer(node, source);
      const known = value ? again(value.node, value.source) : [];
      if (known.length > 0) return known;
      const declaration = declarationOf(ts, node);
      const handed = declaration && ts.isParameter(declaration) ? this.#given.get(declaration) : undefined;
      if (handed) return again(handed.node, handed.source);
      if (/^_{0,2}dirname$/i.test(node.text)) return [dirname(source.path)];
      if (/^_{0,2}filename$/i.test(node.text)) return [source.path];
      if (!value) return [];
      const text = this.#text(value.node, value.source);
      return text === undefined || value.source === source ? [] : this.of(value.node, value.source);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.name.text;
      if (ts.isMetaProperty(node.expression)) return name === 'dirname' ? [dirname(source.path)] : name === 'url' || name === 'filename' ? [source.path] : [];
      return name === 'pathname' || name === 'href' ? again(node.expression) : [];
    }
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((branch) => this.of(branch, source));
    if (ts.isNewExpression(node)) {
      const [path, base] = node.arguments ?? [];
      if (!ts.isIdentifier(node.expression) || node.expression.text !== 'URL' || !path) return [];
      if (!base) return this.of(path, source);
      return this.#below(again(base).map((file) => dirname(file)), [path], source);
    }
    if (ts.isTemplateExpression(node) && node.head.text === '') {
      const [first, ...rest] = node.templateSpans;
      const tail = rest.map((span) => (this.#text(span.expression, source) ?? '*') + span.literal.text).join('');
      return again(first!.expression).map((folder) => folder + first!.literal.text + tail).filter(isWhole);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const tail = this.#text(node.right, source);
      return tail === undefined ? [] : again(node.left).map((folder) => folder + tail);
    }
    if (!ts.isCallExpression(node)) return [];
    const name = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    const [first, ...rest] = node.arguments;
    if (name === 'fileURLToPath' || name === 'pathToFileURL') return first ? this.of(first, source) : [];
    if (name === 'toString') return again((node.expression as ts.PropertyAccessExpression).expression);
    if (name === 'dirname') return again(first).map((file) => dirname(file));
    if (name === 'resolve' && ts.isPropertyAccessExpression(node.expression) && this.#origins.isRequire(node.expression.expression, source)) return first ? this.of(first, source) : [];
    if (name !== 'join' && name !== 'resolve') return this.#returned(node, source, depth);
    const isHere = first && unwrap(ts, first).getText(source.ast) === 'process.cwd()';
    if (isHere || (name === 'resolve' && again(first).length === 0)) {
      const tail = (isHere ? rest : node.arguments).map((part) => this.#text(part, source) ?? '*').join('/');
      return isWhole(tail) && !isAbsolute(tail) ? above(source, tail) : [];
    }
    return this.#below(again(first), rest, source);
  }

  /** `workerPath('parse')`: what a function of the project's own gives back, whichever way it goes. */
  #returned(call: ts.CallExpression, source: SourceText, depth: number): string[] {
    const ts = this.#ts;
    const target = this.#origins.functionOf(call.expression, source);
    if (!target?.fn.body || target.fn.parameters.some((parameter) => this.#given.has(parameter))) return [];
    const { fn, source: where } = target;
    const given = fn.parameters.flatMap((parameter, i) => call.arguments[i] ? [[parameter, { node: call.arguments[i], source }] as const] : []);
    for (const [parameter, value] of given) this.#given.set(parameter, value);
    const results = ts.isBlock(fn.body!) ? returnsOf(ts, fn.body) : [fn.body!];
    const paths = results.flatMap((result) => this.#absolute(result, where, depth + 1));
    for (const [parameter] of given) this.#given.delete(parameter);
    return paths;
  }

  #below(folders: readonly string[], parts: readonly ts.Expression[], source: SourceText): string[] {
    const tail = parts.map((part) => this.#text(part, source) ?? '*');
    return tail.every(isWhole) ? folders.map((folder) => join(folder, ...tail)) : [];
  }

  #text(expression: ts.Expression, source: SourceText): string | undefined {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    // `path.join('..', 'worker.js')`
    if (ts.isCallExpression(node) && memberName(ts, node.expression) === 'join' && /^(path|posix)$/.test((node.expression as ts.PropertyAccessExpression).expression.getText(source.ast))) {
      const parts = node.arguments.map((part) => this.#text(part, source));
      return parts.every((part) => part !== undefined) ? join(...parts) : undefined;
    }
    const constant = constantOf(this.#ts, this.#origins, expression, source, this.#given);
    return constant.exact ? constant.text : undefined;
  }
}

function returnsOf(ts: Ts, body: ts.Block): ts.Expression[] {
  const found: ts.Expression[] = [];
  walk(ts, body, (node) => {
    if (node !== body && ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    return undefined;
  });
  return found;
}

/** What a page's `/sw.js` may be: a file of its own folders, or of one that is served as it is. */
function served(source: SourceText, path: string): string[] {
  return ['', 'public', 'static'].flatMap((folder) => above(source, join(folder, `.${path}`)));
}

/** A path below each folder above a file, the nearest first. */
function above(source: SourceText, path: string): string[] {
  const paths: string[] = [];
  for (let folder = dirname(source.path); paths.length < 12; folder = dirname(folder)) {
    paths.push(resolvePath(folder, path));
    if (dirname(folder) === folder) break;
  }
  return paths;
}

function isWhole(path: string): boolean {
  return !path.includes('*');
}
