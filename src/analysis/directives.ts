/**
 * `// handoff-ignore <rule> -- reason`, on the line or the one above, silences that rule's findings there; several rules
 * stand side by side. ESLint's own disable comments for these rules count as well (DESIGN.md 5.11).
 */
import { isFinding } from './engine.ts';
import type { Judged } from './judge.ts';
import type { SourceText } from './source.ts';

export interface Directive {
  source: SourceText;
  /** 1-based. */
  line: number;
  /** The lines that it speaks of. */
  covers: readonly number[];
  rule: string;
  reason: string | undefined;
  used: boolean;
}

/** A comment that starts with the word, and what it says up to its end. */
const ignore = /(?:\/\/|\/\*+|<!--|^\s*\*)\s*handoff-ignore\b([^\n]*)$/;
const eslintLine = /(?:\/\/|\/\*)\s*eslint-disable-(next-line|line)\b([^\n]*)/;
const eslintBlock = /\/\*\s*eslint-(disable|enable)(?!-)\b([^*]*)/;

/** The directives of a file, in the order of the text: one for each rule that a comment names. */
export function directivesOf(source: SourceText): Directive[] {
  if (!source.text.includes('handoff-ignore')) return [];
  return source.text.split(/\r?\n/).flatMap((text, index) => {
    const found = ignore.exec(text);
    if (!found) return [];
    const [rules = '', ...rest] = found[1]!.replace(/\*\/.*$/, '').split(/(?<=^|\s)--(?=\s|$)/);
    const names = rules.split(/[\s,]+/).map((name) => name.replace(/^handoff\//, '')).filter(Boolean);
    const reason = rest.join('--').trim() || undefined;
    const line = index + 1;
    return (names.length > 0 ? names : ['']).map((rule) => ({ source, line, covers: covered(source, line), rule, reason, used: false }));
  });
}

/** The directive's own line and the next, past the other lines of its comment and other directives. */
function covered(source: SourceText, line: number): readonly number[] {
  const lines = source.text.split(/\r?\n/);
  const own = lines[line - 1] ?? '';
  // Code before the comment: it is about this line.
  if (!/^\s*(\/\/|\/\*|\*|\{\s*\/\*)/.test(own)) return [line];
  let next = line + 1;
  let open = /\/\*|^\s*\*/.test(own) && !own.includes('*/');
  while (next <= lines.length) {
    const text = lines[next - 1]!;
    if (open) open = !text.includes('*/');
    else if (!/^\s*(\/\/.*|\/\*[^*]*\*\/)\s*$/.test(text)) break;
    next++;
  }
  return [line, next];
}

/**
 * Silences what a directive with a reason speaks of; one without a reason silences nothing, and says why.
 * `eslintComments` is for the command line: ESLint sees to its own, and reports those that silenced nothing.
 */
export function applyDirectives(judged: readonly Judged[], directives: readonly Directive[], eslintComments: boolean): void {
  for (const site of judged) {
    if (!isFinding(site)) continue;
    const line = site.source.ast.getLineAndCharacterOfPosition(site.token.getStart(site.source.ast)).line + 1;
    const directive = directives.find((d) => d.source === site.source && d.rule === site.rule && d.covers.includes(line));
    if (directive) {
      directive.used = true;
      if (directive.reason === undefined) site.unexplained = true;
      else silence(site, `handoff-ignore: ${directive.reason}`);
    } else if (eslintComments) {
      const disabled = disabledBy(site, line);
      if (disabled) silence(site, disabled);
    }
  }
}

const byName = 'an eslint-disable comment';
const byNone = `${byName} that names no rule`;

/** What comments hide that were perhaps written for other rules, long before these were there: a note, or none. `named`: the files that are looked at. */
export function hiddenNotes(judged: readonly Judged[], named: ReadonlySet<string>): string[] {
  const hidden = judged.filter(({ verdict, by, source }) => verdict === 'silent' && by === byNone && named.has(source.path));
  const files = new Set(hidden.map(({ source }) => source)).size;
  if (files === 0) return [];
  const [what, where] = [hidden.length === 1 ? '1 finding is' : `${hidden.length} findings are`, files === 1 ? '1 file' : `${files} files`];
  return [`${what} hidden in ${where} by eslint-disable comments that name no rule.`];
}

function silence(site: Judged, by: string): void {
  site.verdict = 'silent';
  site.by = by;
}

/** The comment of ESLint's that hides a finding; nothing where none does. */
function disabledBy({ source, rule: own }: Judged, line: number): string | undefined {
  if (!source.text.includes('eslint-disable')) return undefined;
  const lines = source.text.split(/\r?\n/);
  const named = (list: string): string | undefined => {
    const rules = list.replace(/--.*$|\*\/.*$/g, '').split(',').map((rule) => rule.trim()).filter(Boolean);
    return rules.length === 0 ? byNone : rules.includes(`handoff/${own}`) ? byName : undefined;
  };
  const here = eslintLine.exec(lines[line - 1] ?? '');
  const above = eslintLine.exec(lines[line - 2] ?? '');
  const beside = (here?.[1] === 'line' ? named(here[2]!) : undefined) ?? (above?.[1] === 'next-line' ? named(above[2]!) : undefined);
  if (beside) return beside;
  let off: string | undefined;
  for (const text of lines.slice(0, line - 1)) {
    const block = eslintBlock.exec(text);
    const by = block && named(block[2]!);
    if (by) off = block[1] === 'disable' ? by : undefined;
  }
  return off;
}
