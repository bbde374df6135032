import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

export interface Explanation {
  what: string;
  mend?: string;
}

/** The first thing that is wrong, as one line: the key with its path, and what is allowed there. */
export function explainIssue(schema: Schema, error: z.core.$ZodError, input: unknown): Explanation {
  const issue = deepest(error.issues[0] as Issue);
  const at = pathText(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys[0] as string;
      const allowed = allowedKeys(schemaAt(schema, issue.path));
      return { what: `${pathText([...issue.path, key])}: unknown key`, mend: suggestion(key, allowed) };
    }
    case 'invalid_key': {
      const key = String(issue.path.at(-1));
      return { what: `${at}: unknown key`, mend: suggestion(key, allowedKeys(schemaAt(schema, issue.path.slice(0, -1)))) };
    }
    case 'invalid_value': {
      const value = valueAt(input, issue.path);
      if (value === undefined) return { what: `${at}: is missing`, mend: `allowed: ${issue.values.map(String).join(', ')}` };
      return { what: `${at}: ${JSON.stringify(value)} is not allowed`, mend: suggestion(typeof value === 'string' ? value : JSON.stringify(value), issue.values.map(String)) };
    }
    case 'invalid_type': {
      const value = valueAt(input, issue.path);
      if (value === undefined && issue.path.length > 0) return { what: `${at}: is missing`, mend: `expected ${article(issue.expected)}` };
      return { what: `${at === '' ? '' : `${at}: `}expected ${article(issue.expected)}, found ${kindOf(value)}` };
    }
    default:
      return { what: `${at === '' ? '' : `${at}: `}${lowerFirst(issue.message)}` };
  }
}

/** "did you mean" where one of the names is within two edits, else what there is to choose from. */
export function suggestion(given: string, allowed: readonly string[]): string | undefined {
  const close = allowed.map((name) => ({ name, distance: distance(given, name) }))
    .filter((candidate) => candidate.distance <= 2 && candidate.distance < candidate.name.length)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))[0];
  if (close !== undefined) return `did you mean \`${close.name}\`?`;
  return allowed.length === 0 ? undefined : `allowed: ${allowed.join(', ')}`;
}

/** Levenshtein's distance. */
export function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}

/** Of a union's branches, the complaint of the one that fitted best; the union's own message where it has one. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0)
    .sort((a, b) => fit(b) - fit(a));
  const first = branches[0]?.[0];
  return first === undefined ? issue : deepest({ ...first, path: [...issue.path, ...first.path] });
}

function fit(branch: readonly Issue[]): number {
  return Math.max(...branch.map((issue) => issue.path.length)) * 10 - branch.length;
}

function pathText(segments: readonly PropertyKey[]): string {
  return segments.map((segment, index) => {
    if (typeof segment === 'number') return `[${segment}]`;
    const name = String(segment);
    if (!/^[\w$]+$/.test(name)) return `["${name}"]`;
    return index === 0 ? name : `.${name}`;
  }).join('');
}

function valueAt(input: unknown, segments: readonly PropertyKey[]): unknown {
  let value = input;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}

function schemaAt(schema: Schema, segments: readonly PropertyKey[]): Schema | undefined {
  let current: Schema | undefined = unwrap(schema);
  for (const segment of segments) {
    const def: Definition | undefined = current && definition(current);
    const next: Schema | undefined = def?.shape?.[String(segment)] ?? def?.element ?? def?.valueType;
    current = next && unwrap(next);
  }
  return current;
}

function allowedKeys(schema: Schema | undefined): string[] {
  if (schema === undefined) return [];
  const { shape, keyType, options } = definition(schema);
  if (shape !== undefined) return Object.keys(shape);
  if (options !== undefined) return [...new Set(options.flatMap((option) => allowedKeys(unwrap(option))))];
  return keyType === undefined ? [] : Object.values(definition(keyType).entries ?? {});
}

interface Definition {
  shape?: Record<string, Schema>;
  element?: Schema;
  valueType?: Schema;
  keyType?: Schema;
  innerType?: Schema;
  options?: Schema[];
  entries?: Record<string, string>;
}

function definition(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition;
}

function unwrap(schema: Schema): Schema {
  const { innerType } = definition(schema);
  return innerType === undefined ? schema : unwrap(innerType);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return article(Array.isArray(value) ? 'array' : typeof value);
}

function article(kind: string): string {
  if (kind === 'record') return 'an object';
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
