/** Conditions that lead to source, before those that lead to what is built from it. */
const conditionOrder = ['source', 'development', 'typescript', 'types', 'import', 'module', 'node', 'default', 'require'];

/** Every file that `exports` names for a subpath (`.`, `./x`), likeliest first. */
export function exportTargets(exports: unknown, subpath: string): string[] {
  if (exports === undefined || exports === null) return [];
  const isMap = typeof exports === 'object' && !Array.isArray(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? targetsIn(exports, '') : [];
  return byPattern(exports as Record<string, unknown>, subpath);
}

/** Every target that `imports` names for `#x`. */
export function importTargets(imports: unknown, specifier: string): string[] {
  if (typeof imports !== 'object' || imports === null || Array.isArray(imports)) return [];
  return byPattern(imports as Record<string, unknown>, specifier);
}

/** Exact first, then patterns by the length of what stands before the star, as Node ranks them. */
function byPattern(map: Record<string, unknown>, wanted: string): string[] {
  if (Object.hasOwn(map, wanted)) return targetsIn(map[wanted], '');
  const patterns = Object.keys(map).filter((key) => {
    const [before, after, more] = key.split('*');
    return before !== undefined && after !== undefined && more === undefined
      && wanted.length >= before.length + after.length && wanted.startsWith(before) && wanted.endsWith(after);
  }).sort((a, b) => b.indexOf('*') - a.indexOf('*'));
  return patterns.flatMap((key) => {
    const [before, after] = key.split('*') as [string, string];
    return targetsIn(map[key], wanted.slice(before.length, wanted.length - after.length));
  });
}

function targetsIn(value: unknown, star: string): string[] {
  if (typeof value === 'string') return [value.replaceAll('*', () => star)];
  if (Array.isArray(value)) return value.flatMap((each) => targetsIn(each, star));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).sort(([a], [b]) => rank(a) - rank(b)).flatMap(([, each]) => targetsIn(each, star));
}

/** A name of somebody's own (`@my-org/source`) leads to source. */
function rank(condition: string): number {
  const known = conditionOrder.indexOf(condition);
  if (known !== -1) return known;
  return /source|^@/.test(condition) ? -1 : conditionOrder.length;
}
