/** What is known of where a request goes, from one place or from several. */
import type { Trust } from './destination.ts';

/** How a destination was told. */
export interface Told {
  trust: Trust;
  why: string;
  weak?: boolean;
  bare?: boolean;
  handedIn?: boolean;
  isPublic?: boolean;
  literal?: boolean;
  byHolder?: boolean;
}

export const untold: Told = { trust: 'unknown', why: 'where it goes cannot be told' };

/** One's own wins; of the rest, what all say. */
export function together(told: readonly Told[]): Told | undefined {
  const own = told.find((t) => t.trust === 'own' && !t.weak) ?? told.find((t) => t.trust === 'own');
  if (own) return own;
  if (told.length === 0) return undefined;
  if (told.some((t) => t.trust === 'unknown')) return told.find((t) => t.bare);
  return told.find((t) => t.trust === 'data') ?? told[0];
}

/** What is known of either of two. */
export function oneOf(first: Told, second: Told): Told {
  return first.trust === 'unknown' ? second : first;
}
