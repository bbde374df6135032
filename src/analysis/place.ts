/** What a place is called without its line: the functions and classes around it, and its own text. */
import type { Ts } from '../types.ts';
import type { Judged } from './judge.ts';
import { enclosingSymbol } from './syntax.ts';

export interface Place {
  symbol: string;
  /** With one space for any white space. */
  text: string;
}

/** The call as it is written; of an exported function its name, for its body is no part of the place. */
export function placeOf(ts: Ts, { node, token, source }: Judged): Place {
  const named = ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isImportSpecifier(node) ? node : token;
  return { symbol: enclosingSymbol(ts, node), text: named.getText(source.ast).replace(/\s+/g, ' ') };
}
