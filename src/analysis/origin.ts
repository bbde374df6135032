/** What something in the source is, and how two such answers become one. */
import type ts from 'typescript';
import type { Given } from './constants.ts';
import type { SourceText } from './source.ts';

export type Origin =
  /** Something that a package exports; `instance`: an object that this export made, returned or typed. */
  | LibraryOrigin
  | { kind: 'global'; name: string; instance?: boolean; built?: Built }
  /** A function, class, object, type or enum of the repo. */
  | { kind: 'local'; node: ts.Node; source: SourceText }
  /** An object of a class of the repo. */
  | { kind: 'object'; of: ts.ClassLikeDeclaration; source: SourceText };

export interface LibraryOrigin {
  kind: 'library';
  module: string;
  /** The export; of what one of its objects' members gives, the path there: `connect.createChannel`. */
  name: string;
  instance: boolean;
  built?: Built;
  own?: OwnClass;
  /** Through a member of an object: what that is, only the library knows. */
  reached?: true;
  /** Members that a type leaves: `Pick<Queue, 'add'>`. */
  only?: readonly string[];
  /** Members that a type takes away: `Omit<Queue, 'add'>`. */
  without?: readonly string[];
}

/** Of a library's instance, the class or interface of the repo that extends the library's. */
export interface OwnClass {
  of: ts.ClassLikeDeclaration | ts.InterfaceDeclaration;
  source: SourceText;
}

/** Where an instance was made, if that is known. */
export interface Built {
  /** Or the `super(…)` that makes it, or the decorator that asks for it. */
  node: ts.NewExpression | ts.CallExpression;
  source: SourceText;
  /** What the caller of the function around it gives. */
  given?: Given;
  /** A decorator's argument: the name is here, the options are elsewhere. */
  nameOnly?: true;
}

/** The type checker's word on an expression, where the surface has one. */
export type TypeOrigin = (node: ts.Expression) => Origin | undefined;

/** Questions lead to questions; so many deep, the answer is not looked for. */
export const maxDepth = 24;

/** One of two: where they were made is told only if it is one place. */
export function either(a: Origin | undefined, b: Origin | undefined): Origin | undefined {
  if (!a || !b) return a ?? b;
  // What only the library can tell gives way to what is known.
  if (a.kind === 'library' && a.reached && !(b.kind === 'library' && b.reached)) return b;
  if (a.kind !== 'library' || b.kind !== 'library' || a.module !== b.module || a.name !== b.name || !a.built || !b.built) return a;
  if (firstArgument(a.built) === firstArgument(b.built)) return a;
  const { built: _built, ...rest } = a;
  return rest;
}

function firstArgument({ node, given }: Built): string {
  return [node.arguments?.[0], ...(given?.values() ?? [])].map((each) => (each && 'node' in each ? each.node : each)?.getText() ?? '').join();
}

/** What a cast or an annotation says of something, unless that is a library's own object: `const port = parentPort as MessagePort`. */
export function asTyped(typed: Origin | undefined, value: Origin | undefined): Origin | undefined {
  const isValue = typed?.kind === 'library' && value?.kind === 'library' && typed.module === value.module && !value.instance && /^(?!default$)[a-z]/.test(value.name);
  return isValue ? value : withBuilt(typed, value);
}

export function withBuilt(origin: Origin | undefined, from: Origin | undefined): Origin | undefined {
  // A class of one's own is made by the `super(…)` of its constructor: what that is given, only `new` says.
  const told = origin?.kind === 'library' && origin.built !== undefined && (origin.built.given !== undefined || from?.kind !== 'library' || from.built?.node !== origin.built.node);
  if (origin?.kind === 'library' && !told && from?.kind === 'library' && from.built) return { ...origin, built: from.built };
  return origin;
}

/** A member of a library's object, by its path: what a catalogue entry may name. */
export function reached(of: LibraryOrigin, member: string): Origin | undefined {
  if (of.name.split('.').length > 8) return undefined;
  return { kind: 'library', module: of.module, name: `${of.name}.${member}`, instance: true, reached: true };
}

/** Whether a type has left the member there. */
export function hasMember({ only, without }: LibraryOrigin, member: string): boolean {
  return (only?.includes(member) ?? true) && !without?.includes(member);
}
