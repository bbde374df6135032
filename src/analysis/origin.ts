/** What something in the source is, and how two such answers become one. */
import type ts from 'typescript';
import type { SourceText } from './source.ts';

export type Origin =
  /** Something that a package exports; `instance`: an object that this export made, returned or typed. */
  | { kind: 'library'; module: string; name: string; instance: boolean; built?: Built; own?: OwnClass }
  | { kind: 'global'; name: string; instance?: boolean; built?: Built }
  /** A function, class, object or enum of the repo. */
  | { kind: 'local'; node: ts.Node; source: SourceText }
  /** An object of a class of the repo. */
  | ({ kind: 'object' } & OwnClass);

/** A class of the repo; of a library's instance, the class of the repo that extends the library's. */
export interface OwnClass {
  of: ts.ClassLikeDeclaration;
  source: SourceText;
}

/** Where an instance was made, if that is known. */
export interface Built {
  node: ts.NewExpression | ts.CallExpression;
  source: SourceText;
}

/** The type checker's word on an expression, where the surface has one. */
export type TypeOrigin = (node: ts.Expression) => Origin | undefined;

/** Questions lead to questions; so many deep, the answer is not looked for. */
export const maxDepth = 24;

/** One of two: where they were made is told only if it is one place. */
export function either(a: Origin | undefined, b: Origin | undefined): Origin | undefined {
  if (!a || !b) return a ?? b;
  if (a.kind !== 'library' || b.kind !== 'library' || a.module !== b.module || a.name !== b.name || !a.built || !b.built) return a;
  const first = ({ node }: Built): string => node.arguments?.[0]?.getText() ?? '';
  if (first(a.built) === first(b.built)) return a;
  const { built: _built, ...rest } = a;
  return rest;
}

export function withBuilt(origin: Origin | undefined, from: Origin | undefined): Origin | undefined {
  if (origin?.kind === 'library' && !origin.built && from?.kind === 'library' && from.built) return { ...origin, built: from.built };
  return origin;
}
