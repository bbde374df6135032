/** Strings that are known without running anything: literals, constants, enums, fixed parts of templates, environment defaults. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { declarationOf } from './scope.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { propertyName, unwrap } from './syntax.ts';

/** Text with `*` for each part that is only known at run time; `env`: environment variables that went into it. */
export interface Constant {
  text: string;
  exact: boolean;
  env: string[];
}

const unknown: Constant = { text: '*', exact: false, env: [] };

export function constantOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText, depth = 0): Constant {
  if (!expression || depth > 8) return unknown;
  const node = unwrap(ts, expression);
  const again = (next: ts.Expression | undefined, where = source): Constant => constantOf(ts, origins, next, where, depth + 1);
  if (ts.isStringLiteralLike(node)) return { text: node.text, exact: true, env: [] };
  if (ts.isNumericLiteral(node)) return { text: node.text, exact: true, env: [] };
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce((all, span) => join(all, again(span.expression), { text: span.literal.text, exact: true, env: [] }), { text: node.head.text, exact: true, env: [] } as Constant);
  }
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) return join(again(node.left), again(node.right));
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) {
      const left = again(node.left);
      const right = again(node.right);
      return { ...(right.text === '*' || right.text === '' ? left : right), env: [...left.env, ...right.env], exact: left.env.length > 0 && right.exact };
    }
    return unknown;
  }
  const variable = environmentVariable(ts, node);
  if (variable !== undefined) return { text: '*', exact: false, env: [variable] };
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
    const [path, base] = node.arguments ?? [];
    return base ? join(again(base), again(path)) : again(path);
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && ['toString', 'trim', 'replace'].includes(node.expression.name.text)) return again(node.expression.expression);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'String') return again(node.arguments[0]);
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(ts, node);
    if (declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)) {
      return isConst(ts, declaration) ? again(declaration.initializer) : unknown;
    }
    if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
      // `const { SERVICE_URL = 'http://localhost' } = process.env`
      const holder = declaration.parent.parent;
      if (ts.isVariableDeclaration(holder) && holder.initializer && isEnvironment(ts, unwrap(ts, holder.initializer))) {
        const name = propertyName(ts, declaration.propertyName ?? declaration.name) ?? '';
        const fallback = again(declaration.initializer).text;
        return { text: fallback === '' ? '*' : fallback, exact: false, env: [name] };
      }
    }
    if (declaration && ts.isParameter(declaration) && declaration.initializer) {
      const fallback = again(declaration.initializer);
      return { ...fallback, exact: false };
    }
  }
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
    const value = valueNode(ts, origins, node, source);
    if (value) return again(value.node, value.source);
  }
  return unknown;
}

/** `Names.Emails` → the initialiser of the enum member or property; an imported constant → its initialiser. */
function valueNode(ts: Ts, origins: Origins, node: ts.Identifier | ts.PropertyAccessExpression, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const of = origins.of(node.expression, source);
    if (of?.kind === 'local' && ts.isEnumDeclaration(of.node)) {
      const member = of.node.members.find((m) => propertyName(ts, m.name) === node.name.text);
      return member?.initializer && { node: member.initializer, source: of.source };
    }
    if (of?.kind === 'local' && ts.isObjectLiteralExpression(of.node)) {
      const found = of.node.properties.find((p) => p.name && propertyName(ts, p.name) === node.name.text);
      return found && ts.isPropertyAssignment(found) ? { node: found.initializer, source: of.source } : undefined;
    }
    if (of?.kind === 'object' || (of?.kind === 'local' && ts.isClassLike(of.node))) {
      const owner = of.kind === 'object' ? of.of : of.node as ts.ClassLikeDeclaration;
      const field = owner.members.find((m) => propertyName(ts, m.name) === node.name.text);
      return field && ts.isPropertyDeclaration(field) && field.initializer ? { node: field.initializer, source: of.source } : undefined;
    }
    return undefined;
  }
  return origins.constant(node, source);
}

/** The name of the environment variable that `process.env.X`, `process.env['X']`, `import.meta.env.X`, `Deno.env.get('X')` reads. */
export function environmentVariable(ts: Ts, node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(ts, node.expression)) return node.name.text;
  if (ts.isElementAccessExpression(node) && isEnvironment(ts, node.expression) && ts.isStringLiteralLike(node.argumentExpression)) return node.argumentExpression.text;
  return undefined;
}

function isEnvironment(ts: Ts, node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'env'
    && ((ts.isIdentifier(node.expression) && node.expression.text === 'process') || ts.isMetaProperty(node.expression));
}

function isConst(ts: Ts, declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
}

function join(...parts: Constant[]): Constant {
  return {
    text: parts.map((p) => p.text).join('').replace(/\*+/g, '*'),
    exact: parts.every((p) => p.exact),
    env: parts.flatMap((p) => p.env),
  };
}
