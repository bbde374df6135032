/** The TypeScript type of a message: where the payload is the only slot, the carrier becomes an optional part of it. */
import type ts from 'typescript';
import type { Judged } from '../../src/analysis/judge.ts';
import { enclosingClass } from '../../src/analysis/declarations.ts';
import { handlerOf } from '../../src/analysis/handoffs.ts';
import { declarationOf, lookupType } from '../../src/analysis/scope.ts';
import type { SourceText } from '../../src/analysis/source.ts';
import { isFunctionNode, propertyName, unwrap } from '../../src/analysis/syntax.ts';
import type { PlacedEdit } from '../../src/fix/edits.ts';
import { detectStyle } from '../../src/fix/style.ts';
import type { RepairTools } from './strategy.ts';
import { insert } from './text.ts';

export interface TypeAt {
  type: ts.TypeNode;
  source: SourceText;
}

/** Edits that let the message's own type have the carrier, wherever in the repository it is declared; none where it is inferred. */
export function extendPayloadType(types: readonly TypeAt[], tools: RepairTools): PlacedEdit[] {
  return types.flatMap(({ type, source }) => membersOf(type, source, tools)).flatMap(({ node, source }) => {
    if (!tools.once(`type ${source.path}:${node.pos}`)) return [];
    const edit = withCarrier(node, source, tools);
    return edit ? [edit] : [];
  });
}

/** What is said of the message's type where it is sent: `const mail: Mail`, `{ … } satisfies Mail`, `new Queue<Mail>('mail')`. */
export function sentTypes(site: Judged, payload: ts.Expression, { ts }: RepairTools): TypeAt[] {
  const { source } = site;
  const types: TypeAt[] = [];
  for (let at: ts.Expression = payload; ; at = at.expression) {
    if (ts.isAsExpression(at) || ts.isSatisfiesExpression(at)) types.push({ type: at.type, source });
    else if (!ts.isParenthesizedExpression(at)) break;
  }
  const node = unwrap(ts, payload);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (declaration && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) && declaration.type) types.push({ type: declaration.type, source });
  return [...types, ...receiverTypes(site, ts)];
}

/** And where it is received: `(message: Mail) =>`, `(job: Job<Mail>) =>`; `depth`: how deep in the parameter the message is. */
export function receivedTypes(site: Judged, parameter: number, depth: number, tools: RepairTools): TypeAt[] {
  const { ts, origins } = tools;
  const callback = handlerOf(site);
  const node = callback && unwrap(ts, callback);
  const target = !node ? undefined : isFunctionNode(ts, node) ? { fn: node, source: site.source } : origins.functionOf(callback, site.source);
  const given = target?.fn.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this'))[parameter]?.type;
  const inner = given && depth > 0 ? (ts.isTypeReferenceNode(given) ? given.typeArguments?.[0] : undefined) : given;
  return [...(inner && target ? [{ type: inner, source: target.source }] : []), ...receiverTypes(site, ts)];
}

/** `Queue<Mail>`: the type argument of what the call is made on, where it is made and where it is declared. */
function receiverTypes({ receiver, source, node, boundary }: Judged, ts: RepairTools['ts']): TypeAt[] {
  const built = receiver && 'built' in receiver ? receiver.built : undefined;
  const [made] = built && ts.isNewExpression(built.node) ? built.node.typeArguments ?? [] : [];
  const [own] = boundary.match.use === 'construct' && ts.isNewExpression(node) ? node.typeArguments ?? [] : [];
  const [declared] = declaredArguments();
  return [...(made && built ? [{ type: made, source: built.source }] : []), ...[own, declared].flatMap((type) => type ? [{ type, source }] : [])];

  function declaredArguments(): readonly ts.TypeNode[] {
    const callee = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? unwrap(ts, node.expression.expression) : undefined;
    const named = callee && ts.isIdentifier(callee) ? declarationOf(ts, callee) : callee && ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword ? fieldOf(callee) : undefined;
    const type = named && 'type' in named ? named.type : undefined;
    return type && ts.isTypeReferenceNode(type) ? type.typeArguments ?? [] : [];
  }

  function fieldOf(access: ts.PropertyAccessExpression): ts.PropertyDeclaration | ts.ParameterDeclaration | undefined {
    const members: readonly ts.ClassElement[] = enclosingClass(ts, access)?.members ?? [];
    const parameters = members.flatMap((member) => ts.isConstructorDeclaration(member) ? [...member.parameters] : []);
    return members.find((member): member is ts.PropertyDeclaration => ts.isPropertyDeclaration(member) && propertyName(ts, member.name) === access.name.text)
      ?? parameters.find(({ name }) => ts.isIdentifier(name) && name.text === access.name.text);
  }
}

/** What a type's name stands for, in this file or another one of the repository. */
export function declaredType(type: ts.TypeNode, source: SourceText, { ts, origins }: RepairTools): { node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration; source: SourceText } | undefined {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const declaration = lookupType(ts, type.typeName.text, type);
  const origin = declaration && origins.bindings.of(declaration, source, 0);
  if (origin?.kind !== 'local' || /\.d\.[cm]?ts$|(^|\/)node_modules\//.test(origin.source.path)) return undefined;
  return ts.isInterfaceDeclaration(origin.node) || ts.isTypeAliasDeclaration(origin.node) ? { node: origin.node, source: origin.source } : undefined;
}

type Members = ts.InterfaceDeclaration | ts.TypeLiteralNode;

/** The lists of members that make up a type: of each part of a union, of one part of an intersection. */
function membersOf(type: ts.TypeNode, source: SourceText, tools: RepairTools, depth = 0): { node: Members; source: SourceText }[] {
  const { ts } = tools;
  if (depth > 4) return [];
  if (ts.isTypeLiteralNode(type)) return [{ node: type, source }];
  if (ts.isParenthesizedTypeNode(type)) return membersOf(type.type, source, tools, depth + 1);
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((part) => membersOf(part, source, tools, depth + 1));
  if (ts.isIntersectionTypeNode(type)) return type.types.map((part) => membersOf(part, source, tools, depth + 1)).find((found) => found.length > 0) ?? [];
  if (ts.isTypeReferenceNode(type) && type.typeName.getText(source.ast) === 'Readonly' && type.typeArguments?.[0]) return membersOf(type.typeArguments[0], source, tools, depth + 1);
  const declared = declaredType(type, source, tools);
  if (!declared) return [];
  return ts.isInterfaceDeclaration(declared.node) ? [{ node: declared.node, source: declared.source }] : membersOf(declared.node.type, declared.source, tools, depth + 1);
}

/** `_otel?: Record<string, string>`, after the last member and the way that it is written. */
function withCarrier(node: Members, source: SourceText, { ts }: RepairTools): PlacedEdit | undefined {
  const { text, ast } = source;
  // What has an index signature has room for it, or can't have it.
  if (node.members.some((member) => ts.isIndexSignatureDeclaration(member) || member.name?.getText(ast) === '_otel')) return undefined;
  const member = '_otel?: Record<string, string>';
  const last = node.members.at(-1);
  if (!last) return undefined;
  const end = text[last.end - 1] === ',' || text[last.end - 1] === ';' ? text[last.end - 1]! : '';
  const previous = node.members.at(-2)?.end ?? node.members.pos;
  const line = /\r?\n[ \t]*$/.exec(text.slice(previous, last.getStart(ast)))?.[0];
  const { semicolons } = detectStyle(ts, ast);
  const closesOnItsLine = !text.slice(last.end, node.end - 1).includes('\n');
  if (line === undefined || closesOnItsLine) {
    const other = node.members.length > 1 ? text[node.members.at(-2)!.end - 1] : undefined;
    const between = end || (other === ',' ? ',' : ';');
    return insert(source, last.end, end ? ` ${member}${end}` : `${between} ${member}`);
  }
  // A comment on the last line stays with its own member.
  const comment = ts.getTrailingCommentRanges(text, last.end)?.at(-1);
  if (end === '' && semicolons && comment) return undefined;
  return insert(source, comment?.end ?? last.end, `${line}${member}${end}`);
}
