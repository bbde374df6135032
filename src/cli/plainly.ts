/** Node's "EACCES: permission denied, open '/a/b.ts'" without what is said beside it. */
export function plainly(message: string): string {
  const [, code, what] = /^(E[A-Z]+): ([^,]+), \w+(?: '.*')?$/.exec(message) ?? [];
  return code === undefined ? message : `${what} (${code})`;
}
