/**
 * Lexical scopes without a program: which declaration does an identifier name?
 * The compiler's own binder needs a Program; a rule in an editor and a scan of a million lines have none.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';

export type Declaration =
  | ts.VariableDeclaration | ts.BindingElement | ts.ParameterDeclaration | ts.FunctionDeclaration | ts.FunctionExpression
  | ts.ClassDeclaration | ts.ClassExpression | ts.EnumDeclaration | ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport
  | ts.ImportEqualsDeclaration | ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.ModuleDeclaration;

type Names = Map<string, Declaration>;

const cache = new WeakMap<ts.Node, Names>();

/** The declaration that `identifier` refers to, or nothing when it is a global. */
export function declarationOf(ts: Ts, identifier: ts.Identifier): Declaration | undefined {
  return lookup(ts, identifier.text, identifier);
}

/** The declaration that `name` has where `from` stands. */
export function lookup(ts: Ts, name: string, from: ts.Node): Declaration | undefined {
  for (let scope: ts.Node | undefined = from; scope; scope = scope.parent) {
    if (!isScope(ts, scope)) continue;
    const found = namesOf(ts, scope).get(name);
    if (found) return found;
  }
  return undefined;
}

/** The declaration that `name` has in a type: a type's own name comes before a value's. */
export function lookupType(ts: Ts, name: string, from: ts.Node): Declaration | undefined {
  for (let scope: ts.Node | undefined = from; scope; scope = scope.parent) {
    if (!isScope(ts, scope)) continue;
    const found = namesOf(ts, scope).get(typeKey(name)) ?? namesOf(ts, scope).get(name);
    // `let Store: Store` hides no type; `const { Queue } = require('bullmq')` names one.
    if (found && !ts.isParameter(found) && !(ts.isVariableDeclaration(found) && found.type)) return found;
  }
  return undefined;
}

/** Where a type and a value share a name, the type stands under this key. */
function typeKey(name: string): string {
  return `type ${name}`;
}

/** The innermost function around `node`, not counting `node` itself; nothing at module scope. */
export function enclosingFunction(ts: Ts, node: ts.Node): ts.SignatureDeclaration | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at)) return at;
    if (ts.isPropertyDeclaration(at) || ts.isClassStaticBlockDeclaration(at)) return undefined;
  }
  return undefined;
}

/** The same, seen through functions that run at once where they stand: a promise's executor, `forEach`. */
export function callingFunction(ts: Ts, node: ts.Node): ts.SignatureDeclaration | undefined {
  for (let fn = enclosingFunction(ts, node); fn; fn = enclosingFunction(ts, fn)) {
    const call = fn.parent;
    if (ts.isNewExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'Promise') continue;
    if (ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && /^(forEach|map|flatMap)$/.test(call.expression.name.text)) continue;
    return fn;
  }
  return undefined;
}

function isScope(ts: Ts, node: ts.Node): boolean {
  return ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseBlock(node) || ts.isFunctionLike(node)
    || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isCatchClause(node)
    || ts.isClassLike(node);
}

function namesOf(ts: Ts, scope: ts.Node): Names {
  let names = cache.get(scope);
  if (!names) cache.set(scope, names = collect(ts, scope));
  return names;
}

function collect(ts: Ts, scope: ts.Node): Names {
  const names: Names = new Map();
  if (ts.isFunctionLike(scope)) {
    if (ts.isFunctionExpression(scope) && scope.name) names.set(scope.name.text, scope);
    for (const parameter of scope.parameters) addBinding(ts, names, parameter);
    const body = (scope as ts.FunctionLikeDeclaration).body;
    if (body) addHoisted(ts, names, body);
  } else if (ts.isClassLike(scope)) {
    if (scope.name) names.set(scope.name.text, scope);
  } else if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    if (scope.initializer && ts.isVariableDeclarationList(scope.initializer)) addList(ts, names, scope.initializer);
  } else if (ts.isCatchClause(scope)) {
    if (scope.variableDeclaration) addBinding(ts, names, scope.variableDeclaration);
  } else if (ts.isCaseBlock(scope)) {
    for (const clause of scope.clauses) for (const statement of clause.statements) addStatement(ts, names, statement);
  } else {
    for (const statement of (scope as ts.Block | ts.SourceFile).statements) addStatement(ts, names, statement);
    if (ts.isSourceFile(scope)) addHoisted(ts, names, scope);
  }
  return names;
}

function addStatement(ts: Ts, names: Names, statement: ts.Statement): void {
  if (ts.isVariableStatement(statement)) addList(ts, names, statement.declarationList);
  else if (ts.isImportDeclaration(statement)) addImport(ts, names, statement);
  else if (ts.isImportEqualsDeclaration(statement)) names.set(statement.name.text, statement);
  else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
    // An overload's signature names the same function as its body: the body wins.
    if (!names.has(statement.name.text) || (statement as ts.FunctionDeclaration).body) names.set(statement.name.text, statement);
  } else if (ts.isEnumDeclaration(statement)) names.set(statement.name.text, statement);
  else if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
    if (names.has(statement.name.text)) names.set(typeKey(statement.name.text), statement);
    else names.set(statement.name.text, statement);
  } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name) && !names.has(statement.name.text)) {
    names.set(statement.name.text, statement);
  }
}

function addImport(ts: Ts, names: Names, statement: ts.ImportDeclaration): void {
  const clause = statement.importClause;
  if (!clause) return;
  if (clause.name) names.set(clause.name.text, clause);
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) names.set(bindings.name.text, bindings);
  else for (const specifier of bindings.elements) names.set(specifier.name.text, specifier);
}

function addList(ts: Ts, names: Names, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) addBinding(ts, names, declaration);
}

function addBinding(ts: Ts, names: Names, declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement): void {
  if (ts.isIdentifier(declaration.name)) {
    const known = names.get(declaration.name.text);
    const isType = known !== undefined && (ts.isTypeAliasDeclaration(known) || ts.isInterfaceDeclaration(known));
    if (isType) names.set(typeKey(declaration.name.text), known);
    if (!known || isType) names.set(declaration.name.text, declaration);
    return;
  }
  for (const element of declaration.name.elements) if (ts.isBindingElement(element)) addBinding(ts, names, element);
}

/** `var` belongs to the whole function, wherever in it the statement stands. */
function addHoisted(ts: Ts, names: Names, body: ts.Node): void {
  ts.forEachChild(body, function visit(node): void {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) addList(ts, names, node);
    if (ts.isExpression(node) && !ts.isVariableDeclarationList(node)) return;
    ts.forEachChild(node, visit);
  });
}
