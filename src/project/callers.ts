/** Who in the repo calls a function: files are told apart by text before any of them is parsed. */
import { basename, dirname } from 'node:path';
import type ts from 'typescript';
import { calledName, callersIn, type Caller } from '../analysis/callers.ts';
import { isDefaultExport, isExported } from '../analysis/declarations.ts';
import type { Origins } from '../analysis/origins.ts';
import { enclosingFunction, type Declaration } from '../analysis/scope.ts';
import type { SourceText } from '../analysis/source.ts';
import { propertyName } from '../analysis/syntax.ts';
import type { Ts } from '../types.ts';
import type { Vocabularies } from './vocabularies.ts';

/** A name that more files have than these is too common to be followed. */
const MAX_FILES = 60;

interface Mention {
  /** A default export has any name there: it comes from a file that names this one. */
  byStem: boolean;
  in(text: string): boolean;
}

export class Callers {
  readonly #ts: Ts;
  readonly #files: () => readonly string[];
  readonly #vocabularies: Vocabularies;
  readonly #read: (path: string) => string | undefined;
  readonly #load: (path: string) => SourceText | undefined;
  /** By `within`, and by function. */
  readonly #known = new Map<RegExp | undefined, WeakMap<ts.Node, readonly Caller[] | undefined>>();
  #all: ReadonlySet<string> | undefined;

  /** @param files those that may call something; asked once, and only if a caller is asked for at all */
  constructor(ts: Ts, files: () => readonly string[], vocabularies: Vocabularies, read: (path: string) => string | undefined, load: (path: string) => SourceText | undefined) {
    this.#ts = ts;
    this.#files = files;
    this.#vocabularies = vocabularies;
    this.#read = read;
    this.#load = load;
  }

  /** Nothing where the name is too common, or there is none. */
  of(fn: ts.SignatureDeclaration, source: SourceText, origins: Origins, within?: RegExp): readonly Caller[] | undefined {
    let known = this.#known.get(within);
    if (!known) this.#known.set(within, known = new WeakMap<ts.Node, readonly Caller[] | undefined>());
    if (!known.has(fn)) {
      known.set(fn, undefined); // a cycle ends here
      known.set(fn, this.#find(fn, source, origins, within));
    }
    return known.get(fn);
  }

  #find(fn: ts.SignatureDeclaration, source: SourceText, origins: Origins, within: RegExp | undefined): readonly Caller[] | undefined {
    const name = calledName(this.#ts, fn);
    if (name === undefined) return undefined;
    const here = callersIn(this.#ts, origins, fn, source, [name], true);
    const test = this.#mentions(fn, name, source);
    if (!test) return here;
    const paths: string[] = [];
    for (const path of this.#mayCall(name, test.byStem)) {
      const text = path === source.path ? undefined : this.#read(path);
      if (text === undefined || !test.in(text) || within?.test(text) === false) continue;
      paths.push(path);
      if (paths.length > MAX_FILES) return undefined;
    }
    return [...here, ...paths.flatMap((path) => {
      const file = this.#load(path);
      return file ? callersIn(this.#ts, origins, fn, file, [name, ...aliases(this.#ts, file, name)], false) : [];
    })];
  }

  /** The files to look at: those that may have the name; a default export has another one there. */
  #mayCall(name: string, byStem: boolean): readonly string[] {
    const all = this.#all ??= new Set(this.#files());
    return byStem ? [...all] : this.#vocabularies.filesWith(name).filter((path) => all.has(path));
  }

  /** Whether a text may call the function; nothing where only its own file can. */
  #mentions(fn: ts.SignatureDeclaration, name: string, source: SourceText): Mention | undefined {
    const ts = this.#ts;
    const escaped = name.replace(/\$/g, '\\$');
    const call = `(?<![\\w$])${escaped}(?:\\s*(?:\\?\\.)?[(<]`;
    const word = new RegExp(`${call})`);
    const owner = ts.isClassLike(fn.parent) ? fn.parent : undefined;
    const stem = stemOf(source.path);
    if (owner && !ts.isConstructorDeclaration(fn)) {
      // An object of the class comes with its name, or from its file.
      const from = [owner.name?.text, stem].filter((part) => part !== undefined);
      return { byStem: false, in: (text) => text.includes(`.${name}`) && word.test(text) && from.some((part) => text.includes(part)) };
    }
    const declaration = owner ?? (ts.isVariableDeclaration(fn.parent) ? fn.parent : fn);
    if (owner || ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(fn.parent)) {
      if (enclosingFunction(ts, declaration)) return undefined;
      if (isDefault(ts, declaration, name, source)) {
        const imported = new RegExp(`['"/]${stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/index)?(?:\\.[cm]?[jt]sx?)?['"]`);
        return { byStem: true, in: (text) => text.includes(stem) && imported.test(text) };
      }
      if (!isExported(ts, declaration as Declaration) && !new RegExp(`\\bexports?\\b[^;]*\\b${escaped}\\b`).test(source.text)) return undefined;
      // `import { name as other }`, `const { name: other } = require(…)`
      const renamed = new RegExp(`${call}|\\s+as\\b|\\s*:)`);
      return { byStem: false, in: (text) => text.includes(name) && renamed.test(text) };
    }
    return { byStem: false, in: (text) => text.includes(name) && word.test(text) };
  }
}

function isDefault(ts: Ts, declaration: ts.Node, name: string, source: SourceText): boolean {
  if ((ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) && isDefaultExport(ts, declaration)) return true;
  return source.ast.statements.some((statement) => {
    if (ts.isExportAssignment(statement)) return ts.isIdentifier(statement.expression) && statement.expression.text === name;
    if (ts.isExportDeclaration(statement)) return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)
      && statement.exportClause.elements.some((e) => e.name.text === 'default' && (e.propertyName ?? e.name).text === name);
    return ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)
      && statement.expression.left.getText(source.ast) === 'module.exports' && statement.expression.right.getText(source.ast) === name;
  });
}

/** What an import of the file is named by: its own name, or its folder's. */
function stemOf(path: string): string {
  const stem = basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  return stem === 'index' ? basename(dirname(path)) : stem;
}

/** Names that imports of a file give: to a default, and to what is renamed. */
function aliases(ts: Ts, file: SourceText, name: string): string[] {
  return file.ast.statements.flatMap((statement): string[] => {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      const renamed = bindings && ts.isNamedImports(bindings) ? bindings.elements.filter((e) => e.propertyName?.text === name || e.propertyName?.text === 'default').map((e) => e.name.text) : [];
      return [...(statement.importClause?.name ? [statement.importClause.name.text] : []), ...renamed];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((declaration): string[] => {
      if (!declaration.initializer || !/^(await\s+)?(require|import)\s*\(/.test(declaration.initializer.getText(file.ast))) return [];
      if (ts.isIdentifier(declaration.name)) return [declaration.name.text];
      return ts.isObjectBindingPattern(declaration.name) ? declaration.name.elements.filter((e) => propertyName(ts, e.propertyName) === name && ts.isIdentifier(e.name)).map((e) => (e.name as ts.Identifier).text) : [];
    });
  });
}
