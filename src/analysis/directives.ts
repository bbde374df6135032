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
    } else if (eslintComments && isDisabled(site, line)) silence(site, 'an eslint-disable comment');
  }
}

function silence(site: Judged, by: string): void {
  site.verdict = 'silent';
  site.by = by;
}

function isDisabled({ source, rule: own }: Judged, line: number): boolean {
  if (!source.text.includes('eslint-disable')) return false;
  const lines = source.text.split(/\r?\n/);
  const names = (list: string): boolean => {
    const rules = list.replace(/--.*$|\*\/.*$/g, '').split(',').map((rule) => rule.trim()).filter(Boolean);
    return rules.length === 0 || rules.includes(`handoff/${own}`);
  };
  const here = eslintLine.exec(lines[line - 1] ?? '');
  const above = eslintLine.exec(lines[line - 2] ?? '');
  if ((here?.[1] === 'line' && names(here[2]!)) || (above?.[1] === 'next-line' && names(above[2]!))) return true;
  let off = false;
  for (const text of lines.slice(0, line - 1)) {
    const block = eslintBlock.exec(text);
    if (block && names(block[2]!)) off = block[1] === 'disable';
  }
  return off;
}
