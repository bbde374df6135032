/** Why no edit is known to be safe: the codes of every refusal, as reports publish them, and what each means in short. */
export const refusalCodes = [
  'identity-needed', 'payload-only-slot', 'unknown-destination', 'cors-preflight', 'next-cached-fetch', 'streaming',
  'helper-modified', 'recurring', 'sandboxed-processor', 'version-too-old', 'untraced-far-side', 'unenclosable-start',
  'unsupported-shape', 'no-repair', 'other-side-refused', 'unknown-origin', 'carried-twice', 'not-registered',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** The table in docs/cli.md says the same. */
export const refusalTexts: Record<RefusalCode, string> = {
  'payload-only-slot': 'the message is the only room for a carrier, and it is no object, its receiver is not in the repository, or it is hashed, signed, told apart from others by its content or validated by a strict schema',
  'unknown-destination': 'the request goes to an address that came as data: list it in `destinations` if the trace may go there',
  'cors-preflight': 'a browser would have to ask the far side for permission to send a new header',
  'next-cached-fetch': 'the request is cached by its headers',
  streaming: 'the answer goes on after the function has returned',
  recurring: 'it runs again and again: bound, every run would join the first one\'s trace',
  'identity-needed': 'the function is taken off again by its identity',
  'sandboxed-processor': 'the processor runs in another process',
  'version-too-old': 'the library has no slot for a carrier in this version',
  'untraced-far-side': 'the other thread starts no tracer: no carrier helps',
  'unenclosable-start': 'a worker\'s file works in statements of its own, not in a function',
  'unknown-origin': 'nothing tells what it is called on; listed with `--unknown report` only',
  'unsupported-shape': 'the code is written in a way that no edit is known to be safe for',
  'no-repair': 'nothing is known that would mend it',
  'helper-modified': 'the helper file was changed by hand and lacks a function that is needed, or the package does not depend on the module that `helpersModule` names',
  'other-side-refused': 'the other side of the channel can\'t be repaired, and half a channel is never written',
  'carried-twice': 'the context is carried by hand and by an instrumentation, and the two may differ (another context than the active one, a `traceparent` that was handed on): which of them goes is yours to say',
  'not-registered': 'an instrumentation is a dependency that nothing registers: where to do so is yours to say',
};
