/** Messages that only control a program: a word alone, or with settings. With anything else to work on, the same word hands work over. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isNotice, literalText, resolve } from './message-shape.ts';
import { awaitsReply } from './replies.ts';
import { declarationOf } from './scope.ts';
import { contains, propertyName, unwrap, type FunctionNode } from './syntax.ts';

/** What a message is called by, also with a word before it: `systemAction`. */
const kindKey = /^(\w*[a-z_])?(type|cmd|command|kind|event|action|op|case|topic|subject|message|msg|signal)$/i;
/** `start`, `loadCode`, `connect`: a program, or a part of one, begins. */
const begins = /^(start|begin|boot(strap)?|set-?up|load|connect)[-_]?(code|plugins?|modules?|config(uration)?|settings|server|workers?|service|app(lication)?)?$/i;
const undoes = /^(unload|disconnect)[-_]?(code|plugins?|modules?)?$/i;
const counts = /^(collect|gather|read)[-_]?(stats|statistics|metrics|counters|memory[-_]?usage)$/i;
const setting = /^(\w*(config(uration)?|settings))$|^(options|opts|env|pid|(worker|thread|process|cluster|node)_?id|directory|cwd)$/i;
/** `app:ping`: the program's own name before the word, but not what is worked on. */
const prefix = /^(?!(jobs?|tasks?|runs?|work|requests?|agents?|sessions?)[:./])[\w-]+[:./](?=\w+$)/i;

function ends(word: string): boolean {
  const bare = word.replace(prefix, '').replace(/^((worker|thread|process|child|parent)_?)?(message|msg)_?(?=[A-Z])/i, '');
  return undoes.test(bare) || counts.test(bare) || (isNotice(bare) && !/^(data|chunk|change)$/i.test(bare));
}

/** Why a message only controls the program that it goes to; nothing when it may hand work over. */
export function controlReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined): string | undefined {
  if (!payload) return undefined;
  const guard = guardedWord(ts, call, payload);
  if (guard !== undefined) return `\`${guard}\` is a notice`;
  const value = resolve(ts, payload);
  const alone = literalText(ts, value);
  if (alone !== undefined) return ends(alone) ? `\`${alone}\` only controls the program` : undefined;
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  let word: string | undefined;
  for (const part of value.properties) {
    const name = propertyName(ts, part.name);
    if (name === undefined) return undefined;
    const text = ts.isPropertyAssignment(part) && kindKey.test(name) ? literalText(ts, part.initializer) : undefined;
    if (text !== undefined && word === undefined) word = text;
    else if (!setting.test(name)) return undefined;
  }
  if (word === undefined) return undefined;
  return ends(word) || (begins.test(word) && !awaitsReply(ts, call)) ? `\`${word}\` only controls the program` : undefined;
}

/** `if (m === 'app:update') worker.send(m)`, `if (item.message.op === 'shutdown') worker.send(item.message)` */
function guardedWord(ts: Ts, call: ts.CallExpression, payload: ts.Expression): string | undefined {
  const sent = unwrap(ts, payload).getText();
  for (let at: ts.Node = call; at.parent; at = at.parent) {
    if (!ts.isIfStatement(at.parent) || at.parent.thenStatement !== at) continue;
    const condition = unwrap(ts, at.parent.expression);
    if (!ts.isBinaryExpression(condition) || !isEquality(ts, condition)) continue;
    const left = unwrap(ts, condition.left);
    const of = ts.isPropertyAccessExpression(left) && kindKey.test(left.name.text) && left.getText() !== sent ? left.expression : left;
    const word = of.getText() === sent && condition.operatorToken.getText().startsWith('=') ? literalText(ts, condition.right) : undefined;
    if (word !== undefined && ends(word)) return word;
  }
  return undefined;
}

function isEquality(ts: Ts, { operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(kind);
}

/** Whether a handler takes nothing of a message but its kind and settings, and knows control words alone. */
export function onlyControlled(ts: Ts, fn: FunctionNode): boolean {
  const [parameter] = fn.parameters;
  if (!parameter || parameter.dotDotDotToken || !fn.body) return false;
  const taken = ts.isIdentifier(parameter.name) ? undefined : ts.isObjectBindingPattern(parameter.name) ? parameter.name.elements : [];
  if (taken && (taken.length === 0 || !taken.every((each) => !each.dotDotDotToken && isKindOrSetting((each.propertyName ?? each.name).getText())))) return false;
  const words: (string | undefined)[] = [];
  const leaves = contains(ts, fn.body, (node) => {
    if (!ts.isIdentifier(node) || !isOf(ts, node, parameter)) return false;
    const { parent } = node;
    const at = taken ? node : ts.isPropertyAccessExpression(parent) && parent.expression === node && isKindOrSetting(parent.name.text) ? parent : undefined;
    if (!at) return true;
    const name = ts.isPropertyAccessExpression(at) ? at.name.text : at.text;
    if (!kindKey.test(name)) return false;
    if (ts.isBinaryExpression(at.parent) && isEquality(ts, at.parent)) words.push(literalText(ts, at.parent.left === at ? at.parent.right : at.parent.left));
    else if (ts.isSwitchStatement(at.parent)) for (const clause of at.parent.caseBlock.clauses) { if (ts.isCaseClause(clause)) words.push(literalText(ts, clause.expression)); }
    // `unknown message: ${m.type}`
    else return !ts.isTemplateSpan(at.parent);
    return false;
  });
  return !leaves && words.length > 0 && words.every((word) => word !== undefined && (begins.test(word) || ends(word)));
}

function isKindOrSetting(name: string): boolean {
  return kindKey.test(name) || setting.test(name);
}

/** Whether a name is a parameter, or is taken out of it where it stands. */
function isOf(ts: Ts, node: ts.Identifier, parameter: ts.ParameterDeclaration): boolean {
  if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return false;
  let at: ts.Node | undefined = declarationOf(ts, node);
  while (at && ts.isBindingElement(at)) at = at.parent.parent;
  return at === parameter;
}
