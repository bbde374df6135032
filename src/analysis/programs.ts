/** Which script of the repo an interpreter is started with, and whether it is given anything to work on. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { constantOf } from './constants.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { contains, memberName, property, unwrap } from './syntax.ts';

const interpreters = /(^|[\\/])(node|nodejs|bun|deno|tsx|ts-node|npx)(\.exe|\.cmd)?$/;
/** Flags that take the next argument along. */
const withValue = new Set(['--import', '-r', '--require', '--loader', '--experimental-loader', '-C', '--conditions', '--env-file', '--tsconfig', '-P', '--project']);
const code = new Set(['-e', '--eval', '-p', '--print']);
const subcommands = new Set(['run', 'tsx', 'ts-node', 'node', 'watch']);

interface Program {
  file: ts.Expression;
  /** What the script itself is given. */
  rest: readonly ts.Expression[];
}

/** `spawn(process.execPath, ['--enable-source-maps', script, id])`: the script and its arguments. */
export function programOf(ts: Ts, origins: Origins, { args, source, receiver }: Handoff): Program | undefined {
  const [command, given] = args;
  // `promisify(execFile)(…)`, and nothing else that is promisified
  const promisified = receiver && 'built' in receiver ? receiver.built : undefined;
  if (promisified && !startsProgram(origins, promisified.node.arguments?.[0], promisified.source)) return undefined;
  if (!command || !given || !isInterpreter(ts, origins, command, source)) return undefined;
  const elements = elementsOf(ts, origins, given, source);
  for (let i = 0; elements && i < elements.length; i++) {
    const element = elements[i]!;
    if (ts.isSpreadElement(element)) continue;
    const text = ts.isStringLiteralLike(element) ? element.text : undefined;
    if (text !== undefined && code.has(text)) return undefined;
    if (text !== undefined && withValue.has(text)) i++;
    else if (text === undefined || (!text.startsWith('-') && !subcommands.has(text))) return { file: element, rest: elements.slice(i + 1) };
  }
  return undefined;
}

function startsProgram(origins: Origins, fn: ts.Expression | undefined, source: SourceText): boolean {
  const origin = fn && origins.of(fn, source);
  return origin?.kind === 'library' && origin.module === 'child_process' && origin.name.endsWith('execFile');
}

/** Whether one of the arguments is data: work for one caller. Fixed arguments only set the far side up. */
export function givesData(ts: Ts, origins: Origins, handoff: Handoff): boolean {
  const { boundary, args, source, enclosing, node } = handoff;
  const options = args.find((arg) => ts.isObjectLiteralExpression(unwrap(ts, arg)));
  if (options && isDetached(ts, unwrap(ts, options) as ts.ObjectLiteralExpression)) return false;
  const given = args[boundary.args.data ?? 1];
  const list = boundary.channel?.by === 'program' ? programOf(ts, origins, handoff)?.rest : given && elementsOf(ts, origins, given, source);
  // A spread hands on a command line.
  if (list?.some((element) => !ts.isSpreadElement(element) && isData(ts, origins, handoff, element))) return true;
  if (options && property(ts, unwrap(ts, options) as ts.ObjectLiteralExpression, 'input') !== undefined) return true;
  // `child.stdin.end(JSON.stringify(task))`
  const child = ts.isVariableDeclaration(node.parent) ? node.parent.name.getText(source.ast) : undefined;
  return child !== undefined && enclosing !== undefined && contains(ts, enclosing, (n) => ts.isCallExpression(n) && /^(write|end)$/.test(memberName(ts, n.expression) ?? '')
    && n.arguments.length > 0 && (n.expression as ts.PropertyAccessExpression).expression.getText(source.ast).replace(/[!?]/g, '') === `${child}.stdin`);
}

/** A process that is to outlive its caller does nobody's work. */
function isDetached(ts: Ts, options: ts.ObjectLiteralExpression): boolean {
  const detached = property(ts, options, 'detached');
  return detached !== undefined && ts.isPropertyAssignment(detached) && detached.initializer.kind === ts.SyntaxKind.TrueKeyword;
}

function isData(ts: Ts, origins: Origins, { source }: Handoff, element: ts.Expression): boolean {
  const node = unwrap(ts, element);
  if (ts.isPropertyAccessExpression(node) && /^process\.(env|argv|execArgv|platform|pid)\b/.test(node.getText(source.ast))) return false;
  if (/\b(port|host|cwd|path|dir|dirname|config|version|process|__dirname|__filename|import\.meta)\b/i.test(node.getText(source.ast))) return false;
  // `appConfig`, `scriptPath`
  if (ts.isIdentifier(node) && /[a-z](Port|Host|Cwd|Path|Dir|Config)$/.test(node.text)) return false;
  // `visible ? 'true' : 'false'`
  const values = ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [node];
  return values.some((value) => !constantOf(ts, origins, value, source).exact);
}

function isInterpreter(ts: Ts, origins: Origins, command: ts.Expression, source: Handoff['source']): boolean {
  const node = unwrap(ts, command);
  if (/^process\.(execPath|argv0|argv\[0\])$/.test(node.getText(source.ast))) return true;
  const constant = constantOf(ts, origins, node, source);
  return constant.exact && interpreters.test(constant.text);
}

function elementsOf(ts: Ts, origins: Origins, given: ts.Expression, source: Handoff['source']): readonly ts.Expression[] | undefined {
  const node = unwrap(ts, given);
  const list = ts.isIdentifier(node) ? origins.values.initializer(node, source)?.node : node;
  const inner = list && unwrap(ts, list);
  return inner && ts.isArrayLiteralExpression(inner) ? inner.elements : undefined;
}
