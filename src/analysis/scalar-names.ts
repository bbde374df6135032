/** Names of what is a text, a number, a flag or a date by convention. */

const scalars = new Set(('id ids uid uuid url urls uri path name names slug type types kind key keys count total size length limit offset page status state email emails title text label description '
  + 'token secret password timestamp date time at by on ms seconds index version language locale role color query prompt pattern regex format prefix suffix mode level flag enabled').split(' '));

/** Whether the last word of a name says that no object is behind it: `modelName`, `created_at`, `baseURL`. */
export function isScalarName(name: string): boolean {
  const [last] = /(?:[A-Z]?[a-z\d]+|[A-Z\d]+)_*$/.exec(name) ?? [];
  return last !== undefined && scalars.has(last.replace(/_+$/, '').toLowerCase());
}
