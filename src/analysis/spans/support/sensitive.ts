/** What both rules about sensitive data ask of an entry: what it brings in, and whether a switch stands around it. */
import type ts from 'typescript';
import type { Kind } from '../../../conventions/sensitive.ts';
import type { CheckedFile } from './check.ts';
import { isCleaned, isNeutral, namesWith, wordsOf, type Names } from './names.ts';
import type { Entry } from './sinks.ts';
import { contains, memberName } from '../../syntax.ts';
import { Switches, type Gate } from './switches.ts';
import { Values, type Part } from './values.ts';

/** What a reader of a message calls it. */
export const kindWords: Readonly<Record<Kind, string>> = {
  content: 'what people, models or tools said', personal: 'personal data', payment: 'payment data', health: 'health data', secret: 'a secret',
};

export interface Sensitive {
  entry: Entry;
  kind: Kind;
  gate: Gate;
}

export class Assessor {
  readonly names: Names;
  readonly #file: CheckedFile;
  readonly #values: Values;
  readonly #switches: Switches;

  constructor(file: CheckedFile) {
    const { ts, origins } = file;
    this.names = namesWith(file.facts.sensitive);
    this.#file = file;
    this.#values = new Values(ts, origins, this.names);
    this.#switches = new Switches(ts, origins, this.names);
  }

  /** What is sensitive in an entry; nothing where it is in order. `around`: the call that writes it. */
  of(entry: Entry, around: ts.Node): Sensitive | undefined {
    const { source } = this.#file;
    const verdict = this.names.ofKey(entry.key);
    if (verdict.meant || (anyHeader.test(entry.key) && this.#isChosen(entry.place))) return undefined;
    const parts = this.#values.partsOf(entry.value, source);
    const words = wordsOf(entry.key);
    const telling = verdict.kind !== undefined ? parts.filter((part) => part.kind !== undefined || !part.neutral || isNamesake(wordsOf(part.name), words))
      : parts.filter((part) => part.kind !== undefined && tells(part.kind, words));
    if (telling.length === 0) return undefined;
    const kind = verdict.kind ?? telling[0]!.kind!;
    const gates = telling.map((part) => this.#gateOf(part, entry, around));
    const gate = gates.every((g) => g === 'off') ? 'off' : gates.some((g) => g === 'none') ? 'none' : 'on';
    return { entry, kind, gate };
  }

  /** `if (recorded.has(name)) attributes[`http.request.header.${name}`] = value`: which headers are recorded, somebody has said. */
  #isChosen(node: ts.Node): boolean {
    const { ts } = this.#file;
    for (let at = node; at.parent && !ts.isSourceFile(at.parent); at = at.parent) {
      if (ts.isIfStatement(at.parent) && at === at.parent.thenStatement && asks(ts, at.parent.expression)) return true;
    }
    return false;
  }

  #gateOf(part: Part, { value }: Entry, around: ts.Node): Gate {
    const { source } = this.#file;
    const gates = [...part.nodes, value, around].map((node) => this.#switches.around(node, source));
    return gates.includes('off') ? 'off' : gates.includes('on') ? 'on' : 'none';
  }
}

const anyHeader = /^http\.(request|response)\.header\.\*$/;

/** Whether a condition looks something up in a list of names. */
function asks(ts: CheckedFile['ts'], condition: ts.Expression): boolean {
  return contains(ts, condition, (node) => ts.isCallExpression(node) && /^(has|includes|test|some|match|find|indexOf|isAllowed\w*|should\w+)$/.test(memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '')));
}

/** `'user.name': name` */
function isNamesake(name: readonly string[], key: readonly string[]): boolean {
  return name.at(-1) === key.at(-1) && !isCleaned(name);
}

/** Under a name that says `count` or `type` stands none of it, whatever the value is called; but an address may well stand under an id. */
function tells(kind: Kind, words: readonly string[]): boolean {
  return !isNeutral(words) || (words.at(-1) === 'id' && kind !== 'content');
}
