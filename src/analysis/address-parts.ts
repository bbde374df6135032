/** Parts of an address as the code writes it: what it is taken out of, what it was made of, what it is called. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { parameterBehind } from './callers.ts';
import { enclosingClass } from './declarations.ts';
import { assetQuery, dataWhole, media, ownFile } from './destination-words.ts';
import { indexOf } from './file-index.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, memberName, propertyName, propertyValue, unwrap } from './syntax.ts';

/** `undefined`, `null`, `''` */
export function isNothing(ts: Ts, node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isStringLiteralLike(node) && node.text === '');
}

export function isField(ts: Ts, node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** What an object that is written out gives a property. */
export function partOf(ts: Ts, value: ts.Expression, part: string): ts.Expression | undefined {
  const node = unwrap(ts, value);
  return ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, part) : undefined;
}

export function isOwnFile(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  return ts.isCallExpression(node) && ownFile.test(node.expression.getText());
}

/** An address that a bundler gives a file: `import url from './x.wasm?url'`. */
export function isAsset(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const statement = declaration && ts.isImportClause(declaration) ? declaration.parent : undefined;
  const from = statement && ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
  return from !== undefined && (assetQuery.test(from) || (media.test(from) && !/\.[cm]?jsx?(on)?$/.test(from)));
}

/** The names that an address is taken out of: `credentials` of `credentials.domain` and of `const { domain } = credentials`. */
export function holderOf(ts: Ts, node: ts.Expression): string[] {
  const behind = parameterBehind(ts, node);
  const names = behind ? [ts.isIdentifier(behind.parameter.name) ? behind.parameter.name.text : '', ...behind.path.slice(0, -1)] : [];
  if (behind && ts.isIdentifier(node) && behind.path.length === 0) return [];
  for (let at: ts.Expression = node; ts.isPropertyAccessExpression(at);) {
    at = unwrap(ts, at.expression);
    names.push(ts.isIdentifier(at) ? at.text : memberName(ts, at) ?? '');
  }
  return names;
}

/** `/config.json` of `concatLink(host, '/config.json')`: the path that is put together last, whoever does that. */
export function lastPath(ts: Ts, expression: ts.Expression): string {
  const node = unwrap(ts, expression);
  const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
  return last && node !== last && ts.isStringLiteralLike(last) ? last.text : '';
}

/** `req.body.url`: not where it is called a callback, which whoever asks waits for. */
export function isOfAsker(ts: Ts, node: ts.Expression): boolean {
  const behind = parameterBehind(ts, node);
  if (!behind || !ts.isIdentifier(behind.parameter.name) || !/^(req|request|ctx|event)$/.test(behind.parameter.name.text)) return false;
  return behind.path.length > 1 && /^(body|query|params)$/.test(behind.path.at(-2)!) && dataWhole.test(behind.path.at(-1)!);
}

/** `config` of `this.config`, `settings` of `settings()`. */
export function lastName(ts: Ts, expression: ts.Expression | undefined): string {
  const node = expression && unwrap(ts, expression);
  if (node && ts.isCallExpression(node)) return lastName(ts, node.expression).replace(/^(get|load|read|use)_?/i, '');
  return node === undefined ? '' : ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '';
}

/** The list that a loop's variable, or the parameter of a function that is run for each, is taken from. */
export function listOf(ts: Ts, element: ts.Expression): ts.Expression | undefined {
  const node = unwrap(ts, element);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  let list: ts.Expression | undefined;
  if (declaration && ts.isParameter(declaration) && isFunctionNode(ts, declaration.parent) && ts.isCallExpression(declaration.parent.parent)) {
    const { expression, arguments: [first] } = declaration.parent.parent;
    if (first === declaration.parent && declaration.parent.parameters[0] === declaration && ts.isPropertyAccessExpression(expression) && /^(map|forEach|flatMap)$/.test(expression.name.text)) list = expression.expression;
  } else if (declaration && ts.isVariableDeclaration(declaration) && ts.isForOfStatement(declaration.parent.parent)) {
    list = declaration.parent.parent.expression;
  }
  const plain = list && unwrap(ts, list);
  return plain && (ts.isIdentifier(plain) || isField(ts, plain)) ? plain : undefined;
}

/** What a class gives a field of its own. */
export function valuesOfField(ts: Ts, field: ts.PropertyAccessExpression, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
  const owner = enclosingClass(ts, field);
  const property = owner?.members.find((member): member is ts.PropertyDeclaration => ts.isPropertyDeclaration(member) && propertyName(ts, member.name) === field.name.text);
  const node = property?.initializer ?? (indexOf(ts, source.ast).fieldAssignments.get(field.name.text) ?? []).find((each) => enclosingClass(ts, each) === owner)?.right;
  return node && { node, source };
}

/** The name at the head of a URL: `githubApi` of `${this.githubApi}/user`. */
export function nameOf(ts: Ts, expression: ts.Expression): string {
  const node = unwrap(ts, expression);
  if (ts.isTemplateExpression(node)) return node.head.text === '' ? nameOf(ts, node.templateSpans[0]!.expression) : '';
  if (ts.isBinaryExpression(node)) return nameOf(ts, node.left);
  if (ts.isCallExpression(node)) return nameOf(ts, node.expression);
  return ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '';
}

/** The URL that an object of its parts was made of: `new URL(x)`, `url.parse(x)`. */
export function wholeOf(ts: Ts, expression: ts.Expression): ts.Expression | undefined {
  const node = unwrap(ts, expression);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer ?? assignedTo(ts, declaration)[0] : node;
  return made && ts.isCallExpression(made) && memberName(ts, made.expression) === 'parse' ? made.arguments[0] : made && ts.isNewExpression(made) ? made : undefined;
}

/** What a variable is given after it was declared. */
export function assignedTo(ts: Ts, declaration: ts.VariableDeclaration): ts.Expression[] {
  if (!ts.findAncestor(declaration, (node) => isFunctionNode(ts, node)) || !ts.isIdentifier(declaration.name)) return [];
  return (indexOf(ts, declaration.getSourceFile()).assignments.get(declaration.name.text) ?? [])
    .filter(({ left, operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken && declarationOf(ts, left as ts.Identifier) === declaration).map(({ right }) => right);
}
