/** The cheap test before a file is parsed for what it exports: whether its text can export a name. */

/** A file that exports what it does not name. */
export const passesOn = /export\s*\*|exports\s*=|\bexports\s*,|__exportStar/;

/** What may stand between `export` and the name that it declares. */
const declares = /\bexport(?:[\s*]|\b(?:declare|default|abstract|async|const|let|var|enum|class|function|interface|type|namespace|module|import|as)\b|\/\*[^*]*\*\/|\/\/[^\n]*\n)+$/;
/** `export const a = 1, name = 2`: after a comma, perhaps with a comment between. */
const next = /(?:,|\*\/|\/\/[^\n]*\n)\s*$/;
const given = /^\s*[:=!]/;
const variables = /\bexport\s+(?:declare\s+)?(?:const|let|var)\b/;
/** Variables that need no value. */
const changeable = /\bexport\s+(?:declare\s+)?(?:let|var)\b/;
/** What is taken apart, commented or decorated right there may hold any name. */
const anything = /\bexport\s*[/@]|\bexport\s+(?:declare\s+)?(?:const|let|var)\s*[{[/]/;
const lists = /\bexport\s*(?:type\s*)?\{([^}]*)\}/g;
/** So much of what stands before a name is looked at. */
const BEFORE = 400;

/** Whether a text without `passesOn` may export something under a name. */
export function mayExport(text: string, name: string): boolean {
  const places = wholeWords(text, name);
  if (places.length === 0) return false;
  if (anything.test(text) || listsOf(text).some((list) => /\/[/*]/.test(list) || wholeWords(list, name).length > 0)) return true;
  const [hasVariables, isChangeable] = [variables.test(text), changeable.test(text)];
  return places.some((at) => {
    const before = text.slice(Math.max(0, at - BEFORE), at);
    if (before.endsWith('exports.') || declares.test(before)) return true;
    return hasVariables && next.test(before) && (isChangeable || given.test(text.slice(at + name.length, at + name.length + BEFORE)));
  });
}

function listsOf(text: string): string[] {
  return [...text.matchAll(lists)].map(([, list]) => list!);
}

/** Where a name stands that is no part of a longer word. */
function wholeWords(text: string, name: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + name.length])) places.push(at);
  }
  return places;
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[\w$]/.test(char);
}

/** What was told of files, for as long as their texts stay as they are. */
export class ExportWords {
  readonly #givesOn = new Map<string, boolean>();
  readonly #names = new Map<string, Map<string, boolean>>();

  /** Whether a file may export something under a name, by itself or by what it gives on. */
  mayExport(path: string, text: string, name: string): boolean {
    let gives = this.#givesOn.get(path);
    if (gives === undefined) this.#givesOn.set(path, gives = passesOn.test(text));
    if (gives) return true;
    let names = this.#names.get(path);
    if (!names) this.#names.set(path, names = new Map<string, boolean>());
    let may = names.get(name);
    if (may === undefined) names.set(name, may = mayExport(text, name));
    return may;
  }

  /** Its text is another one. */
  forget(path: string): void {
    this.#givesOn.delete(path);
    this.#names.delete(path);
  }
}
