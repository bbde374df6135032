/** Why no edit is known to be safe: the codes of every refusal, as reports publish them. */
export const refusalCodes = [
  'identity-needed', 'payload-only-slot', 'unknown-destination', 'cors-preflight', 'next-cached-fetch', 'streaming',
  'helper-modified', 'recurring', 'sandboxed-processor', 'version-too-old', 'untraced-far-side', 'unenclosable-start',
  'unsupported-shape', 'no-repair', 'other-side-refused', 'unknown-origin', 'carried-twice', 'not-registered',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];
