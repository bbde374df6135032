/** What a finding is known by, wherever its line goes. */
import { createHash } from 'node:crypto';

export interface FingerprintKey {
  key: string;
  ordinal: number;
}

/** 16 hex digits of what a place is, without its line. */
export function fingerprintOf({ key, ordinal }: FingerprintKey): string {
  return createHash('sha256').update(`${key}\0${ordinal}`).digest('hex').slice(0, 16);
}
