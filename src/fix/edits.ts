/**
 * Text edits, applied in one pass a file. The result does not depend on the order in which units were found.
 */
import type { Project } from 'ts-morph';
import type { Edit } from '../types.ts';
import { eolOf } from './style.ts';
import type { FileChange, RepairUnit } from './unit.ts';

/**
 * An edit that shares its position with others. `rank` orders insertions at one position, low to high; the ends of a
 * wrap get theirs from `wrapEdits`. `key` tells two edits of the same text apart (the `)` of one wrap from another's).
 * Insertions with a `list` of the same `open` and `close` at one position become one list: two units that each need a
 * specifier write one import. A `block` is what the text begins and ends with: two that follow each other in the result
 * and have the same become one block.
 */
export type PlacedEdit = Edit & {
  rank?: number;
  key?: string;
  list?: { open: string; items: string[]; separator: string; close: string };
  block?: { open: string; close: string };
};

export class EditConflict extends Error {
  override name = 'EditConflict';
  readonly file: string;
  readonly first: Edit;
  readonly second: Edit;

  constructor(first: Edit, second: Edit) {
    super(
      `${second.file}: the edits [${first.start}, ${first.end}) and [${second.start}, ${second.end}) overlap.`,
    );
    this.file = second.file;
    this.first = first;
    this.second = second;
  }
}

const LAYERS = 16;
const FAR = 2 ** 40;

/**
 * Encloses `[start, end)`. Wraps nest by their ranges; of two wraps of the same range the one with the higher `layer`
 * (0 to 15) is outside, and those of one layer nest by their text.
 */
export function wrapEdits(
  file: string, start: number, end: number, before: string, after: string, layer = 0,
): [PlacedEdit, PlacedEdit] {
  const width = (end - start) * LAYERS + Math.min(Math.max(layer, 0), LAYERS - 1);
  const key = `${before}\0${after}`;
  return [
    { file, start, end: start, text: before, rank: FAR - width, key },
    { file, start: end, end, text: after, rank: width - FAR, key },
  ];
}

/** An insertion that merges with others like it at the same position. */
export function listEdit(
  file: string, position: number, list: NonNullable<PlacedEdit['list']>, rank?: number,
): PlacedEdit {
  const edit: PlacedEdit = { file, start: position, end: position, text: listText(list), list };
  if (rank !== undefined) edit.rank = rank;
  return edit;
}

/** Throws an `EditConflict` where two replacements overlap. A BOM stays; "\n" becomes the file's end-of-line. */
export function applyEdits(text: string, edits: readonly PlacedEdit[]): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = bom ? text.slice(1) : text;
  let result = bom;
  let position = 0;
  for (const edit of settle(body, edits)) {
    result += body.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + body.slice(position);
}

/**
 * The same, on ts-morph's project: one `applyTextChanges` a file (one call an edit is 200 times slower). For
 * transforms that already hold a project; the text is what `applyEdits` makes of it.
 */
export function applyToProject(project: Project, edits: readonly PlacedEdit[]): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, ofFile] of editsByFile(edits)) {
    const source = project.getSourceFile(path) ?? project.addSourceFileAtPath(path);
    const files = project.getFileSystem();
    // ts-morph drops a BOM on reading and puts it back on saving.
    const bom = files.fileExistsSync(path) && files.readFileSync(path).startsWith('\uFEFF') ? '\uFEFF' : '';
    const before = source.getFullText();
    source.applyTextChanges(
      settle(before, ofFile).map(({ start, end, text }) => ({ span: { start, length: end - start }, newText: text })),
    );
    changes.push({ path, before: bom + before, after: bom + source.getFullText() });
  }
  return changes;
}

/** The edits of one file in the order of the text, merged, without duplicates; checked for overlaps. */
function settle(body: string, edits: readonly PlacedEdit[]): PlacedEdit[] {
  const eol = eolOf(body);
  const sorted = joinBlocks(body, merge(edits).sort(compare));
  const placed: PlacedEdit[] = [];
  let last: PlacedEdit | undefined;
  for (const edit of sorted) {
    if (edit.start < 0 || edit.end < edit.start || edit.end > body.length) {
      throw new RangeError(`${edit.file}: [${edit.start}, ${edit.end}) is not in the text (0 to ${body.length}).`);
    }
    if (last && edit.start < last.end) throw new EditConflict(last, edit);
    if (edit.end > edit.start) last = edit;
    placed.push({ ...edit, text: edit.text.replace(/\r?\n/g, eol) });
  }
  return placed;
}

/** `if (…) { a }` and, on the next line, `if (…) { b }`: one block, whichever units they are of. */
function joinBlocks(body: string, edits: PlacedEdit[]): PlacedEdit[] {
  const joined: PlacedEdit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    const isNext = last?.block !== undefined && edit.block?.open === last.block.open && edit.block.close === last.block.close
      && edit.text.startsWith(edit.block.open) && last.end <= edit.start && /^[ \t]*(\r?\n)?[ \t]*$/.test(body.slice(last.end, edit.start));
    if (!isNext) {
      joined.push(edit);
      continue;
    }
    const { open, close } = edit.block!;
    joined[joined.length - 1] = { ...last, end: edit.end, text: last.text.slice(0, -close.length) + edit.text.slice(open.length) };
  }
  return joined;
}

function compare(a: PlacedEdit, b: PlacedEdit): number {
  if (a.start !== b.start) return a.start - b.start;
  const insertsA = a.end === a.start;
  const insertsB = b.end === b.start;
  if (insertsA !== insertsB) return insertsA ? -1 : 1;
  if (!insertsA) return a.end - b.end;
  const rankA = a.rank ?? 0;
  const rankB = b.rank ?? 0;
  if (rankA !== rankB) return rankA - rankB;
  if (a.key === undefined || b.key === undefined || a.key === b.key) return 0;
  const byKey = a.key < b.key ? -1 : 1;
  return rankA < 0 ? -byKey : byKey;
}

/** Joins lists and drops duplicates, keeping the place of the first. */
function merge(edits: readonly PlacedEdit[]): PlacedEdit[] {
  const seen = new Set<string>();
  const lists = new Map<string, NonNullable<PlacedEdit['list']> & { at: number }>();
  const merged: PlacedEdit[] = [];
  for (const edit of edits) {
    if (edit.list) {
      const id = JSON.stringify([edit.start, edit.end, edit.list.open, edit.list.close, edit.list.separator]);
      const known = lists.get(id);
      const items = [...(known?.items ?? []), ...edit.list.items];
      const list = { ...edit.list, items: [...new Set(items)].sort(), at: known?.at ?? merged.length };
      lists.set(id, list);
      merged[list.at] = { ...edit, text: listText(list), list };
      continue;
    }
    const id = JSON.stringify([edit.start, edit.end, edit.text, edit.rank ?? 0, edit.key ?? null]);
    if (!isHalf(edit) && seen.has(id)) continue;
    seen.add(id);
    merged.push(edit);
  }
  return merged;
}

/** One end of a wrap that says nothing of the other end: two equal ones may belong to two wraps. */
function isHalf(edit: PlacedEdit): boolean {
  if (edit.key !== undefined || edit.end > edit.start) return false;
  let depth = 0;
  for (const char of edit.text) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && --depth < 0) return true;
  }
  return depth !== 0;
}

function listText(list: NonNullable<PlacedEdit['list']>): string {
  return list.open + [...new Set(list.items)].sort().join(list.separator) + list.close;
}

export function editsByFile(edits: Iterable<PlacedEdit>): Map<string, PlacedEdit[]> {
  const byFile = new Map<string, PlacedEdit[]>();
  for (const edit of edits) {
    const ofFile = byFile.get(edit.file);
    if (ofFile) ofFile.push(edit);
    else byFile.set(edit.file, [edit]);
  }
  return byFile;
}

/** The files that these units change. `read` gives a file's text as it is on disk, with its BOM. */
export function changesOf(units: readonly RepairUnit[], read: (path: string) => string): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, edits] of editsByFile(units.flatMap((unit) => unit.edits))) {
    const before = read(path);
    const after = applyEdits(before, edits);
    if (after !== before) changes.push({ path, before, after });
  }
  return changes;
}

/**
 * Of units whose edits overlap, the earlier ones: no half of a channel is written, and none twice over the same text.
 */
export function withoutConflicts(
  units: readonly RepairUnit[],
): { kept: RepairUnit[]; dropped: Map<string, EditConflict> } {
  const kept: RepairUnit[] = [];
  const dropped = new Map<string, EditConflict>();
  const replaced = new Map<string, PlacedEdit[]>();
  for (const unit of units) {
    const conflict = firstConflict(unit, replaced);
    if (conflict) {
      dropped.set(unit.report.id, conflict);
      continue;
    }
    kept.push(unit);
    for (const [file, edits] of editsByFile(unit.edits)) replaced.set(file, [...(replaced.get(file) ?? []), ...edits]);
  }
  return { kept, dropped };
}

function firstConflict(unit: RepairUnit, others: Map<string, PlacedEdit[]>): EditConflict | undefined {
  for (const edit of unit.edits) {
    for (const other of others.get(edit.file) ?? []) {
      if (overlap(edit, other)) return new EditConflict(other, edit);
    }
  }
  return undefined;
}

function overlap(a: PlacedEdit, b: PlacedEdit): boolean {
  if (a.start === b.start && a.end === b.end) return a.end > a.start && a.text !== b.text;
  return a.start < b.end && b.start < a.end;
}
