/** What the type checker says of a receiver whose origin the text does not tell: in typed linting, and for `check --types`. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Origin, TypeOrigin } from './origin.ts';

export function typeOrigins(ts: Ts, program: ts.Program): TypeOrigin {
  const checker = program.getTypeChecker();
  const known = new WeakMap<ts.Node, Origin | null>();
  return (node) => {
    let origin = known.get(node);
    if (origin === undefined) known.set(node, origin = originOf(ts, checker, node) ?? null);
    return origin ?? undefined;
  };
}

function originOf(ts: Ts, checker: ts.TypeChecker, node: ts.Expression): Origin | undefined {
  const type = checker.getNonNullableType(constraintOf(checker, checker.getTypeAtLocation(node)));
  const member = ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node ? node.parent.name.text : undefined;
  for (const part of type.isUnionOrIntersection() ? type.types : [type]) {
    // What `new` makes is the class itself: a class derived from it takes other arguments.
    const origin = ts.isNewExpression(node) ? ofSymbol(ts, part.getSymbol()) : ofClass(ts, checker, part, member);
    if (origin) return origin;
  }
  return undefined;
}

/** `Q extends Queue` → `Queue`. */
function constraintOf(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  return (type.isTypeParameter() && checker.getBaseConstraintOfType(type)) || type;
}

/** The class or interface, or the one of a library that it extends and whose member it has not made its own. */
function ofClass(ts: Ts, checker: ts.TypeChecker, type: ts.Type, member: string | undefined, depth = 0): Origin | undefined {
  const own = ofSymbol(ts, type.getSymbol());
  if (own || depth > 8) return own;
  const declared = ('target' in type ? type.target : type) as ts.Type;
  if (!declared.isClassOrInterface() || (member !== undefined && declared.symbol.members?.has(ts.escapeLeadingUnderscores(member)))) return undefined;
  for (const base of checker.getBaseTypes(declared)) {
    const found = ofClass(ts, checker, base, member, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function ofSymbol(ts: Ts, symbol: ts.Symbol | undefined): Origin | undefined {
  for (const declaration of symbol?.declarations ?? []) {
    const module = ambientModule(ts, declaration) ?? packageOf(declaration.getSourceFile().fileName);
    if (module !== undefined) return { kind: 'library', module, name: symbol!.name, instance: true };
  }
  return undefined;
}

/** `declare module 'worker_threads' { … }` */
function ambientModule(ts: Ts, declaration: ts.Node): string | undefined {
  for (let at = declaration.parent; at; at = at.parent) {
    if (ts.isModuleDeclaration(at) && ts.isStringLiteral(at.name)) return at.name.text.replace(/^node:/, '');
  }
  return undefined;
}

const packages = new WeakMap<ts.Program, ReadonlySet<string>>();

/** The packages of node_modules that a program has read, whoever asked for them. */
export function packagesIn(program: ts.Program): ReadonlySet<string> {
  let known = packages.get(program);
  if (!known) packages.set(program, known = new Set(program.getSourceFiles().flatMap((file) => packageOf(file.fileName) ?? [])));
  return known;
}

function packageOf(file: string): string | undefined {
  if (!file.includes('node_modules')) return undefined;
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1]?.replace('\\', '/');
  return name === 'typescript' ? undefined : name?.replace(/^@types\/(?:(.+)__)?/, (_, scope: string | undefined) => scope === undefined ? '' : `@${scope}/`);
}
