export interface Scan {
  /** The text with comments and the contents of strings left out. */
  code: string;
  /** The specifiers of imports, exports from and requires. */
  imports: Set<string>;
  /** `'use client'` and the like. */
  directives: Set<string>;
}

/**
 * A light pass over JavaScript or TypeScript: enough to keep comments and strings from counting as evidence.
 * It is no tokeniser; what it takes for a string ends with the line at the latest, unless it is a template.
 */
export function scan(text: string): Scan {
  const imports = new Set<string>();
  const directives = new Set<string>();
  const parts: string[] = [];
  /** Brace depth of every template substitution that is open. */
  const substitutions: number[] = [];
  let depth = 0;
  let tail = '';
  let copied = 0;
  let beforeCode = true;

  const leaveOut = (from: number, to: number, instead: string): void => {
    const kept = text.slice(copied, from);
    parts.push(kept, instead);
    tail = (tail + kept).slice(-40);
    beforeCode &&= /^[\s;]*$/.test(kept);
    copied = to;
  };

  const start = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  copied = start;
  const interesting = /["'`/{}]/g;
  interesting.lastIndex = start;
  for (let found = interesting.exec(text); found !== null; found = interesting.exec(text)) {
    const at = found.index;
    const character = found[0];
    let end = at + 1;
    if (character === '{') depth++;
    else if (character === '}') {
      depth--;
      if (substitutions.at(-1) === depth) {
        substitutions.pop();
        end = templateEnd(text, at + 1);
        if (text.startsWith('${', end - 2)) substitutions.push(depth++);
        leaveOut(at, end, ' ');
      }
    } else if (character === '`') {
      end = templateEnd(text, at + 1);
      if (text.startsWith('${', end - 2)) substitutions.push(depth++);
      leaveOut(at, end, ' `` ');
    } else if (character === '/') {
      const next = text[at + 1];
      if (next === '/') leaveOut(at, (end = lineEnd(text, at)), '');
      else if (next === '*') leaveOut(at, (end = blockEnd(text, at)), ' ');
      else if (startsRegExp(text, at)) {
        const closed = regExpEnd(text, at);
        if (closed !== undefined) leaveOut(at, (end = closed), ' / / ');
      }
    } else {
      const closed = stringEnd(text, at, character);
      if (closed !== undefined) {
        end = closed;
        const value = text.slice(at + 1, end - 1);
        if (beforeCode && /^[\s;]*$/.test(text.slice(copied, at))) directives.add(value);
        if (/(?:\bfrom|\bimport|\b(?:require|import)\s*\()\s*$/.test((tail + text.slice(copied, at)).slice(-40))) imports.add(value);
        leaveOut(at, end, "''");
      }
    }
    interesting.lastIndex = end;
  }
  parts.push(text.slice(copied));
  return { code: parts.join(''), imports, directives };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function blockEnd(text: string, from: number): number {
  const end = text.indexOf('*/', from + 2);
  return end === -1 ? text.length : end + 2;
}

/** After the closing backtick, or after the next `${`. */
function templateEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '`') return index + 1;
    else if (text[index] === '$' && text[index + 1] === '{') return index + 2;
  }
  return text.length;
}

function stringEnd(text: string, from: number, quote: string): number | undefined {
  for (let index = from + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === quote) return index + 1;
    else if (text[index] === '\n') return undefined;
  }
  return undefined;
}

/** A slash divides after a value and opens a regular expression elsewhere. */
function startsRegExp(text: string, at: number): boolean {
  let index = at - 1;
  while (index >= 0 && (text[index] === ' ' || text[index] === '\t')) index--;
  if (index < 0 || '(,=:[!&|?{};+-*%~^\n'.includes(text[index] as string)) return true;
  return /\b(?:return|typeof|case|in|of|do|else|await|void)$/.test(text.slice(Math.max(0, index - 7), index + 1));
}

function regExpEnd(text: string, from: number): number | undefined {
  let inClass = false;
  for (let index = from + 1; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') index++;
    else if (character === '\n') return undefined;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return index + 1;
  }
  return undefined;
}
