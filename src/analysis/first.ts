/** The first answer that says anything, of those to the items of a list in turn. */
export function first<T>(list: readonly T[], ask: (item: T) => string | undefined): string | undefined {
  for (const item of list) {
    const found = ask(item);
    if (found) return found;
  }
  return undefined;
}
