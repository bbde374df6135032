/** What the statements of a file export: ES modules and CommonJS, one walk a file. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isDefaultExport, isExported } from './declarations.ts';
import { lookup, type Declaration } from './scope.ts';

/** What stands behind an exported name. */
export type Exported =
  | { declaration: Declaration }
  | { expression: ts.Expression }
  /** Another module's export; `*`: all that it has. */
  | { from: string; name: string }
  /** An object that may have a member of that name. */
  | { list: ts.Expression };

interface FileExports {
  named: Map<string, Exported[]>;
  /** Modules of `export * from`. */
  stars: string[];
  /** `module.exports = …`: each may hold any name. */
  lists: ts.Expression[];
  /** `export = value` and `module.exports = value`, where the value is no list of exports. */
  whole: ts.Expression | undefined;
}

const cache = new WeakMap<ts.SourceFile, FileExports>();

/** What a file exports under a name, likeliest first; re-exports of everything are `starsOf`. */
export function exportedAs(ts: Ts, file: ts.SourceFile, name: string): Exported[] {
  const { named, lists } = exportsOf(ts, file);
  const own = lookup(ts, name, file);
  return [
    ...(named.get(name) ?? []),
    ...(own && isExported(ts, own) ? [{ declaration: own }] : []),
    ...(named.get(`exports.${name}`) ?? []),
    ...lists.map((list) => (name === 'default' || name === '*' ? { expression: list } : { list })),
  ];
}

export function starsOf(ts: Ts, file: ts.SourceFile): readonly string[] {
  return exportsOf(ts, file).stars;
}

/** What a file exports in place of names. */
export function wholeOf(ts: Ts, file: ts.SourceFile): ts.Expression | undefined {
  return exportsOf(ts, file).whole;
}

function exportsOf(ts: Ts, file: ts.SourceFile): FileExports {
  let known = cache.get(file);
  if (!known) cache.set(file, known = collect(ts, file));
  return known;
}

function collect(ts: Ts, file: ts.SourceFile): FileExports {
  const found: FileExports = { named: new Map(), stars: [], lists: [], whole: undefined };
  const add = (name: string, exported: Exported): void => {
    const known = found.named.get(name);
    if (known) known.push(exported);
    else found.named.set(name, [exported]);
  };
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const from = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
      const clause = statement.exportClause;
      if (!clause) {
        if (from !== undefined) found.stars.push(from);
      } else if (ts.isNamespaceExport(clause)) {
        if (from !== undefined) add(clause.name.text, { from, name: '*' });
      } else {
        for (const { name, propertyName } of clause.elements) {
          const inner = (propertyName ?? name).text;
          const declaration = from === undefined ? lookup(ts, inner, file) : undefined;
          if (from !== undefined) add(name.text, { from, name: inner });
          else if (declaration) add(name.text, { declaration });
        }
      }
    } else if (ts.isExportAssignment(statement)) {
      add('default', { expression: statement.expression });
      if (statement.isExportEquals) found.whole ??= statement.expression;
    } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && isDefaultExport(ts, statement)) {
      add('default', { declaration: statement });
    } else if (ts.isExpressionStatement(statement)) addAssigned(ts, file, statement.expression, found, add);
  }
  return found;
}

/** `exports.a = exports.b = value`, `module.exports = value`. */
function addAssigned(ts: Ts, file: ts.SourceFile, assignment: ts.Expression, found: FileExports, add: (name: string, exported: Exported) => void): void {
  const targets: string[] = [];
  let value = assignment;
  for (; ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken; value = value.right) targets.push(value.left.getText(file));
  for (const target of targets) {
    const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
    if (name !== undefined) add(`exports.${name}`, { expression: value });
    if (target !== 'module.exports') continue;
    found.lists.push(value);
    if (!ts.isObjectLiteralExpression(value)) found.whole ??= value;
  }
}
