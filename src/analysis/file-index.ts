/** One walk over a file, so that questions about the whole of it cost a look-up. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { memberName, propertyName, walk } from './syntax.ts';

export interface FileIndex {
  /** `name = …`, by name. */
  assignments: ReadonlyMap<string, readonly ts.BinaryExpression[]>;
  /** `this.name = …`, by name. */
  fieldAssignments: ReadonlyMap<string, readonly ts.BinaryExpression[]>;
  /** `Name.member = …`, by `Name.member`. */
  memberAssignments: ReadonlyMap<string, readonly ts.BinaryExpression[]>;
  /** Calls and `new`, by the callee's last name. */
  calls: ReadonlyMap<string, readonly (ts.CallExpression | ts.NewExpression)[]>;
  /** What object literals hold, by the property's name: `{ name: value }`, `{ name }`. */
  properties: ReadonlyMap<string, readonly ts.Expression[]>;
}

const cache = new WeakMap<ts.SourceFile, FileIndex>();

export function indexOf(ts: Ts, file: ts.SourceFile): FileIndex {
  let index = cache.get(file);
  if (!index) cache.set(file, index = build(ts, file));
  return index;
}

function build(ts: Ts, file: ts.SourceFile): FileIndex {
  const assignments = new Map<string, ts.BinaryExpression[]>();
  const fieldAssignments = new Map<string, ts.BinaryExpression[]>();
  const memberAssignments = new Map<string, ts.BinaryExpression[]>();
  const calls = new Map<string, (ts.CallExpression | ts.NewExpression)[]>();
  const properties = new Map<string, ts.Expression[]>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  walk(ts, file, (node) => {
    if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) {
      if (ts.isIdentifier(node.left)) add(assignments, node.left.text, node);
      else if (ts.isPropertyAccessExpression(node.left) && node.left.expression.kind === ts.SyntaxKind.ThisKeyword) add(fieldAssignments, node.left.name.text, node);
      else if (ts.isPropertyAccessExpression(node.left) && ts.isIdentifier(node.left.expression)) add(memberAssignments, `${node.left.expression.text}.${node.left.name.text}`, node);
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = ts.isIdentifier(node.expression) ? node.expression.text : memberName(ts, node.expression);
      if (name !== undefined) add(calls, name, node);
    } else if (ts.isObjectLiteralExpression(node)) {
      for (const part of node.properties) {
        const value = ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
        const name = value && propertyName(ts, part.name);
        if (name !== undefined) add(properties, name, value!);
      }
    }
  });
  return { assignments, fieldAssignments, memberAssignments, calls, properties };
}

/** `=`, `??=` and `||=`. */
function isAssignment(ts: Ts, kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken;
}
