/** What is known of where a request goes, from one place or from several. */

export type Trust =
  /** The project's own or a configured service. */
  | 'own'
  /** A literal host of somebody else, media, a health probe, a telemetry export, a browser-relative URL. */
  | 'silent'
  /** Came as data: webhooks, customer URLs. */
  | 'data'
  /** Nothing tells. */
  | 'unknown';

/** How a destination was told. */
export interface Told {
  trust: Trust;
  why: string;
  /** One's own by a name alone, or by a variable whose default is a public host. */
  weak?: boolean;
  /** A name that says that it is an address, and not whose. */
  bare?: boolean;
  /** An address as a whole that somebody hands in. */
  handedIn?: boolean;
  /** One's own public host. */
  isPublic?: boolean;
  /** It is written out where it is asked. */
  literal?: boolean;
  /** A name that does not say whose address it is, taken out of what is called a configuration. */
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
