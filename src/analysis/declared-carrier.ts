/** A message whose declared type has a place for the carrier: whoever makes it, elsewhere, fills that in. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { first } from './first.ts';
import type { Origins } from './origins.ts';
import { carrierKeys } from './propagation.ts';
import { declarationOf, lookupType } from './scope.ts';
import type { SourceText } from './source.ts';
import { propertyName, unwrap } from './syntax.ts';

const MAX_DEPTH = 5;

/** The member of a parameter's type that is called as a carrier is; nothing for what is made here, whose text tells more. */
export function declaredCarrier(ts: Ts, origins: Origins, value: ts.Expression | undefined, source: SourceText): string | undefined {
  const node = value && unwrap(ts, value);
  const declaration = node && ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (!declaration || !ts.isParameter(declaration) || !declaration.type) return undefined;
  return memberIn(ts, origins, declaration.type, source, 0);
}

function memberIn(ts: Ts, origins: Origins, type: ts.TypeNode, source: SourceText, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const again = (part: ts.TypeNode, from = source): string | undefined => memberIn(ts, origins, part, from, depth + 1);
  if (ts.isParenthesizedTypeNode(type)) return again(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return first(type.types, again);
  if (ts.isTypeLiteralNode(type)) return first(type.members, (member) => nameOf(ts, member));
  const name = ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName : undefined;
  const declaration = name && lookupType(ts, name.text, name);
  const origin = declaration && origins.bindings.of(declaration, source, 0);
  if (origin?.kind !== 'local') return undefined;
  if (ts.isTypeAliasDeclaration(origin.node)) return again(origin.node.type, origin.source);
  if (!ts.isInterfaceDeclaration(origin.node)) return undefined;
  return first(origin.node.members, (member) => nameOf(ts, member));
}

function nameOf(ts: Ts, member: ts.TypeElement): string | undefined {
  const name = member.name && propertyName(ts, member.name);
  return name !== undefined && carrierKeys.test(name) ? `\`${name}\`, by the message's type` : undefined;
}
