/** `// TODO(handoff): …` above the code that a repair was refused for. */
import type ts from 'typescript';
import type { Judged } from '../analysis/judge.ts';
import { refusalTexts } from '../refusals.ts';
import type { Refusal, Ts } from '../types.ts';
import type { PlacedEdit } from './edits.ts';

const MARK = '// TODO(handoff): ';
/** After imports, before what encloses the statement. */
const RANK = 1000;
/** What speaks of the line below it. */
const DIRECTIVE = /@ts-(ignore|expect-error)|-next-line|-ignore\b|\bignore\b|[@#]__/;

export interface Refused {
  site: Judged;
  refusal: Refusal;
}

/**
 * An insertion for each place that has no such line yet, as a line of its own above the statement or class member around it.
 * None falls into what `others` replace. The text says nothing that a later run might put differently.
 */
export function todoEdits(ts: Ts, refused: readonly Refused[], others: readonly PlacedEdit[]): PlacedEdit[] {
  const edits = new Map<string, PlacedEdit>();
  for (const { site, refusal } of refused) {
    const line = `${MARK}${refusal.code}, ${site.boundary.id}: ${refusalTexts[refusal.code]}`;
    const { path, ast } = site.source;
    const anchors = anchorsOf(ts, ast, site.token);
    if (anchors.some((anchor) => anchor.comments.some(({ pos, end }) => ast.text.slice(pos, end) === line))) continue;
    const isFree = (at: number): boolean => !others.some((edit) => edit.file === path && edit.start < at && at < edit.end);
    const at = anchors.map((anchor) => anchor.at).find(isFree);
    if (at === undefined) continue;
    const indent = /^[^\S\r\n]*/.exec(ast.text.slice(at))![0];
    edits.set(`${path}\0${at}\0${line}`, { file: path, start: at, end: at, text: `${indent}${line}\n`, rank: RANK });
  }
  return [...edits.values()];
}

interface Anchor {
  /** The start of a line. */
  at: number;
  comments: readonly ts.CommentRange[];
}

/**
 * Lines on which a statement or class member around the node begins, from the inside out: what stands before one of
 * these is never a text, be it JSX or a template. Directives for the next line would not reach it over another one.
 */
function anchorsOf(ts: Ts, ast: ts.SourceFile, from: ts.Node): Anchor[] {
  const anchors: Anchor[] = [];
  for (let node = from; node.parent; node = node.parent) {
    const first = firstOfLine(ast, node, listOf(ts, node));
    const line = first && freeLine(ast.text, first.getStart(ast));
    if (line === undefined) continue;
    const comments = ts.getLeadingCommentRanges(ast.text, first!.pos) ?? [];
    const directives = comments.filter(({ pos, end }) => DIRECTIVE.test(ast.text.slice(pos, end))).flatMap(({ pos }) => freeLine(ast.text, pos) ?? []);
    anchors.push({ at: directives[0] ?? line, comments });
  }
  return anchors;
}

/** The statements or members that this is one of. */
function listOf(ts: Ts, node: ts.Node): readonly ts.Node[] {
  const { parent } = node;
  const lists = ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isModuleBlock(parent) || ts.isCaseOrDefaultClause(parent) ? parent.statements : ts.isClassLike(parent) ? parent.members : [];
  return (lists as readonly ts.Node[]).includes(node) ? lists : [];
}

/** Of several on one line, the first. */
function firstOfLine(ast: ts.SourceFile, node: ts.Node, list: readonly ts.Node[]): ts.Node | undefined {
  let index = list.indexOf(node);
  while (index > 0 && !ast.text.slice(list[index - 1]!.end, list[index]!.getStart(ast)).includes('\n')) index--;
  return list[index];
}

/** The start of the line, if nothing but blanks stands before the position. */
function freeLine(text: string, position: number): number | undefined {
  const line = text.lastIndexOf('\n', position - 1) + 1;
  return /^\s*$/.test(text.slice(line, position)) ? line : undefined;
}
