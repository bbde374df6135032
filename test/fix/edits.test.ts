import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Project } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import {
  applyEdits, applyToProject, changesOf, EditConflict, listEdit, withoutConflicts, wrapEdits, type PlacedEdit,
} from '../../src/fix/edits.ts';
import { temporary, unit } from './support.ts';

const FILE = '/repo/a.ts';

function edit(start: number, end: number, text: string): PlacedEdit {
  return { file: FILE, start, end, text };
}

describe('applyEdits', () => {
  test('replaces, inserts and deletes', () => {
    expect(applyEdits('abcdef', [edit(4, 6, ''), edit(0, 1, 'X'), edit(2, 2, '-')])).toBe('Xb-cd');
  });

  test('keeps insertions at one position in their order', () => {
    expect(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2'), edit(1, 1, '3')])).toBe('a123b');
  });

  test('puts an insertion before the replacement that starts there, and behind the one that ends there', () => {
    expect(applyEdits('abc', [edit(1, 2, 'B'), edit(2, 2, '>'), edit(1, 1, '<')])).toBe('a<B>c');
  });

  test('applies an exact duplicate once', () => {
    expect(applyEdits('ab', [edit(1, 1, '-'), edit(0, 1, 'A'), edit(1, 1, '-'), edit(0, 1, 'A')])).toBe('A-b');
  });

  test('joins blocks that follow each other and begin and end alike', () => {
    const block = (start: number, end: number, inner: string, open = 'if (x) {'): PlacedEdit => ({ ...edit(start, end, `${open} ${inner} }`), block: { open, close: ' }' } });
    expect(applyEdits('a;\nb;\nc;', [block(6, 8, 'c()'), block(0, 2, 'a()'), block(3, 5, 'b()')])).toBe('if (x) { a() b() c() }');
    expect(applyEdits('a;\n\nb;', [block(0, 2, 'a()'), block(4, 6, 'b()')])).toBe('if (x) { a() }\n\nif (x) { b() }');
    expect(applyEdits('a;/**/b;', [block(0, 2, 'a()'), block(6, 8, 'b()')])).toBe('if (x) { a() }/**/if (x) { b() }');
    expect(applyEdits('a; b;', [block(0, 2, 'a()'), block(3, 5, 'b()', 'if (y) {')])).toBe('if (x) { a() } if (y) { b() }');
    expect(applyEdits('a; b;', [block(0, 2, 'a()'), edit(3, 5, 'if (x) { b() }')])).toBe('if (x) { a() } if (x) { b() }');
  });

  test('does not take the ends of two wraps for one', () => {
    const outer = [edit(0, 0, 'f('), edit(3, 3, ')')];
    const inner = [edit(2, 2, 'f('), edit(3, 3, ')')];
    expect(applyEdits('abc', [...outer, ...inner])).toBe('f(abf(c))');
  });

  test('names file and offsets of an overlap', () => {
    const attempt = (): string => applyEdits('abcdef', [edit(1, 4, 'x'), edit(3, 5, 'y')]);
    expect(attempt).toThrow(EditConflict);
    expect(attempt).toThrow('/repo/a.ts: the edits [1, 4) and [3, 5) overlap.');
  });

  test.each([
    ['an insertion inside a replacement', [edit(0, 4, 'x'), edit(2, 2, 'y')]],
    ['two replacements of one range', [edit(0, 4, 'x'), edit(0, 4, 'y')]],
    ['a replacement inside another', [edit(0, 6, 'x'), edit(1, 2, 'y')]],
  ])('refuses %s', (_, edits) => {
    expect(() => applyEdits('abcdef', edits)).toThrow(EditConflict);
  });

  test('refuses offsets outside of the text', () => {
    expect(() => applyEdits('abc', [edit(2, 4, '')])).toThrow(RangeError);
  });

  test('writes the end-of-line of the file', () => {
    expect(applyEdits('a\r\nb\r\n', [edit(3, 3, 'x\ny\r\n')])).toBe('a\r\nx\r\ny\r\nb\r\n');
    expect(applyEdits('a\nb\n', [edit(2, 2, 'x\r\n')])).toBe('a\nx\nb\n');
  });

  test('keeps a BOM and counts without it', () => {
    expect(applyEdits('\uFEFFabc', [edit(0, 1, 'X')])).toBe('\uFEFFXbc');
  });

  test('joins the lists of several units at one position', () => {
    const list = (...items: string[]) => listEdit(FILE, 0, { open: 'import { ', items, separator: ', ', close: " } from 'm';\n" });
    const other = listEdit(FILE, 0, { open: 'import { ', items: ['z'], separator: ', ', close: " } from 'n';\n" });
    expect(applyEdits('x', [list('b'), other, list('a', 'b')]))
      .toBe("import { a, b } from 'm';\nimport { z } from 'n';\nx");
  });
});

describe('wrapEdits', () => {
  const wrap = (start: number, end: number, name: string, layer?: number) => wrapEdits(FILE, start, end, `${name}(`, ')', layer);

  test('nests wraps with the same start or end, whichever comes first', () => {
    const edits = [...wrap(0, 2, 'f'), ...wrap(0, 4, 'g'), ...wrap(2, 4, 'h')];
    expect(applyEdits('abcd', edits)).toBe('g(f(ab)h(cd))');
    expect(applyEdits('abcd', edits.toReversed())).toBe('g(f(ab)h(cd))');
  });

  test('nests two wraps of one range by their layer', () => {
    expect(applyEdits('ab', [...wrap(0, 2, 'inner'), ...wrap(0, 2, 'outer', 1)])).toBe('outer(inner(ab))');
    expect(applyEdits('ab', [...wrap(0, 2, 'outer', 1), ...wrap(0, 2, 'inner')])).toBe('outer(inner(ab))');
  });

  test('wraps once where two units want the same', () => {
    expect(applyEdits('ab', [...wrap(0, 2, 'f'), ...wrap(0, 2, 'f')])).toBe('f(ab)');
  });

  test('encloses a replacement', () => {
    expect(applyEdits('ab', [edit(0, 2, 'xyz'), ...wrap(0, 2, 'f')])).toBe('f(xyz)');
  });

  test('any laminar family of wraps gives balanced text, in any order', () => {
    const families = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 12 }).map((pairs) => {
      const ranges: [number, number][] = [];
      for (const [a, b] of pairs) {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const crosses = ranges.some(([s, e]) => (s < start && start < e && e < end) || (start < s && s < end && end < e));
        if (start < end && !crosses) ranges.push([start, end]);
      }
      return ranges;
    });
    fc.assert(fc.property(families, fc.infiniteStream(fc.nat()), (ranges, random) => {
      const text = 'abcdefghijkl';
      const edits = ranges.flatMap(([start, end], index) => wrapEdits(FILE, start, end, `<${index}|`, `|${index}>`));
      const result = applyEdits(text, edits);
      const shuffled = edits.map((item) => ({ item, key: random.next().value })).sort((a, b) => a.key - b.key);
      expect(applyEdits(text, shuffled.map(({ item }) => item))).toBe(result);

      const open: string[] = [];
      let plain = '';
      for (const [token, opened, closed] of result.matchAll(/<(\d+)\||\|(\d+)>|./g)) {
        if (opened !== undefined) open.push(opened);
        else if (closed !== undefined) expect(open.pop()).toBe(closed);
        else plain += token;
      }
      expect(open).toEqual([]);
      expect(plain).toBe(text);
    }));
  });
});

/** Disjoint edits with gaps, and what they should come to. */
const disjoint = fc.array(fc.record({ keep: fc.string(), drop: fc.string(), text: fc.string() }), { maxLength: 8 })
  .map((pieces) => {
    const clean = (text: string): string => text.replace(/[\r\n\uFEFF]/g, '');
    let text = '';
    let expected = '';
    const edits: PlacedEdit[] = [];
    for (const piece of pieces) {
      const keep = `.${clean(piece.keep)}`;
      text += keep;
      edits.push(edit(text.length, text.length + clean(piece.drop).length, clean(piece.text)));
      text += clean(piece.drop);
      expected += keep + clean(piece.text);
    }
    return { text, expected, edits };
  });

test('disjoint edits come out the same in any order, plainly spliced or by ts-morph', () => {
  const project = new Project({ useInMemoryFileSystem: true });
  fc.assert(fc.property(disjoint, fc.boolean(), ({ text, expected, edits }, reverse) => {
    expect(applyEdits(text, reverse ? edits.toReversed() : edits)).toBe(expected);
    project.createSourceFile('/repo/a.ts', text, { overwrite: true });
    const [change] = applyToProject(project, edits);
    expect(change?.after ?? text).toBe(expected);
  }));
});

test('applyToProject keeps BOM and CRLF', () => {
  const folder = temporary({ 'a.ts': '\uFEFFconst a = 1;\r\nconst b = 2;\r\n' });
  const file = path.join(folder, 'a.ts');
  const project = new Project({ skipFileDependencyResolution: true });
  const edits = [{ file, start: 14, end: 14, text: '// b\n' }];
  const [change] = applyToProject(project, edits);
  expect(change).toEqual({
    path: file,
    before: fs.readFileSync(file, 'utf8'),
    after: '\uFEFFconst a = 1;\r\n// b\r\nconst b = 2;\r\n',
  });
  expect(change!.after).toBe(applyEdits(change!.before!, edits));
});

describe('units', () => {
  test('changesOf gathers the edits of all units a file', () => {
    const texts: Record<string, string> = { '/a': 'ab', '/b': 'cd' };
    const at = (file: string, start: number, text: string): PlacedEdit => ({ file, start, end: start, text });
    const changes = changesOf([unit('1', [at('/a', 0, 'x'), at('/b', 1, 'y')]), unit('2', [at('/a', 1, 'z')])], (file) => texts[file]!);
    expect(changes).toEqual([{ path: '/a', before: 'ab', after: 'xazb' }, { path: '/b', before: 'cd', after: 'cyd' }]);
  });

  test('withoutConflicts leaves out the later of two units that overlap', () => {
    const { kept, dropped } = withoutConflicts([
      unit('1', [edit(0, 3, 'x')]), unit('2', [edit(9, 9, 'q'), edit(2, 4, 'y')]), unit('3', [edit(3, 4, 'z')]), unit('4', [edit(0, 3, 'x')]),
    ]);
    expect(kept.map(({ report }) => report.id)).toEqual(['1', '3', '4']);
    expect([...dropped.keys()]).toEqual(['2']);
    expect(applyEdits('0123456789', kept.flatMap(({ edits }) => edits))).toBe('xz456789');
  });
});
