/** The cheap test of a text in which a boundary's words stand: whether they may be a use of it. */
import type { Boundary } from './schema.ts';

/** Whether the text around the words may be a use of the boundary, where it has words of which files are full. */
export function mayUse(boundary: Boundary, text: string): boolean {
  return readsLikeRequest(boundary, text) && takesAsMuch(boundary, text) && drains(boundary, text) && loops(boundary, text);
}

const requests = new Map<string, RegExp>();

/** Whether a file has a call of a member that is like a request: by what it is called on, or by the address that it is given. */
function readsLikeRequest({ match: { addressed, modules, members = [] } }: Boundary, text: string): boolean {
  // With the library at hand an address may be anything: `planner.post('plan')`.
  if (!addressed || modules.some((module) => text.includes(`'${module}'`) || text.includes(`"${module}"`))) return true;
  const of = members.join('|');
  let pattern = requests.get(of);
  if (!pattern) {
    const call = `\\.(?:${of})(?:<[^()]*>)?\\(`;
    const receiver = '(?:api|http|rest|client|request|instance|fetcher|ajax|gateway|backend|service)[\\w$]*(?:\\(\\))?[?!]?';
    const address = '\\s*(?:["\'`](?:https?:|/)|`\\$\\{|new URL|[\\w$.]*(?:url|uri|path|endpoint|href|link|route|api|host|base))';
    requests.set(of, pattern = new RegExp(`axios|${receiver}${call}|${call}${address}`, 'i'));
  }
  return pattern.test(text);
}

const called = new Map<Boundary, RegExp>();

/** Whether a call of a member has as many arguments as the boundary takes, or is made on something that has the export's name. */
function takesAsMuch(boundary: Boundary, text: string): boolean {
  const { match: { atLeast, exports, members = [] } } = boundary;
  if (atLeast === undefined) return true;
  let pattern = called.get(boundary);
  if (!pattern) called.set(boundary, pattern = new RegExp(`(?<named>(?:${exports.join('|')})[\\w$]*(?:\\(\\))?[?!]*\\s*)?(?:\\.(?:${members.join('|')})\\b|\\[["'\`](?:${members.join('|')})["'\`]\\])(?<call>(?:<[^()]*>)?!?(?:\\?\\.)?\\()?`, 'gi'));
  for (const { index, 0: use, groups } of text.matchAll(pattern)) {
    // What is not called here is bound or handed on.
    if (groups!.named !== undefined || groups!.call === undefined || argumentsFrom(text, index + use.length) >= atLeast) return true;
  }
  return false;
}

/** How far a call is read; what is longer may have any number of arguments. */
const FAR = 2_000;

/** Roughly how many arguments stand from here to the closing parenthesis: a comma in a string counts as one, and so does what is spread. */
function argumentsFrom(text: string, at: number): number {
  let depth = 0;
  let commas = 0;
  for (let index = at; index < text.length && index < at + FAR; index++) {
    const char = text[index];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (depth-- === 0) return commas + 1;
    } else if (depth === 0 && (char === ',' || text.startsWith('...', index))) commas++;
  }
  return Infinity;
}

const filled = /([\w$]+)[!?)]*\.(?:push|unshift)\(/g;
const takes = /\.(?:shift|pop|splice)\(/;
const drained = /([\w$]+)[!?)]*\.(?:shift|pop|splice)\(/g;

/** Whether something is taken out of a list that is filled in the same file. */
function drains({ match: { use } }: Boundary, text: string): boolean {
  if (use !== 'queue') return true;
  // Most files that fill a list take nothing out of one.
  if (!takes.test(text)) return false;
  const names = new Set([...text.matchAll(filled)].map(([, list]) => list));
  for (const [, list] of text.matchAll(drained)) if (names.has(list)) return true;
  return false;
}

/** Whether there is a loop that waits, where the boundary is one. */
function loops({ agent }: Boundary, text: string): boolean {
  return agent?.as !== 'loop' || (/\b(?:while|for|do)\b/.test(text) && /\b(?:await|yield)\b/.test(text));
}
