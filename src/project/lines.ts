/** What a bundler wrote: nobody repairs it there. */
export function isMinified(text: string): boolean {
  return text.length > 20_000 && text.length / countLines(text) > 400;
}

export function countLines(text: string): number {
  if (text === '') return 0;
  let count = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** By its length, what a generator wrote (protobuf's `root.ts`): no origin is followed into it. */
export function isGenerated(text: string): boolean {
  return text.length > 500_000;
}
