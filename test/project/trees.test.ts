import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/source.ts';
import { Trees } from '../../src/project/trees.ts';

function trees(length = 4_000_000): { all: Trees; parsed: string[] } {
  const parsed: string[] = [];
  const text = ' '.repeat(length);
  return { parsed, all: new Trees((path) => {
    parsed.push(path);
    return path.endsWith('.gone') ? undefined : parse(ts, path, text);
  }, 10_000_000) };
}

describe('a syntax tree', () => {
  it('is made once while there is room', () => {
    const { all, parsed } = trees(10);
    expect(all.load('a.ts')).toBe(all.load('a.ts'));
    expect(parsed).toEqual(['a.ts']);
  });

  it('of the file that was asked for longest ago goes first', () => {
    const { all, parsed } = trees();
    for (const path of ['a.ts', 'b.ts', 'a.ts', 'c.ts']) all.load(path);
    expect(['a.ts', 'b.ts', 'c.ts'].filter((path) => all.has(path))).toEqual(['a.ts', 'c.ts']);
    all.load('b.ts');
    expect(parsed).toEqual(['a.ts', 'b.ts', 'c.ts', 'b.ts']);
  });

  it('that is held stays, and takes no room from the others', () => {
    const { all } = trees();
    const held = all.load('a.ts')!;
    all.hold(held);
    for (const path of ['b.ts', 'c.ts', 'd.ts']) all.load(path);
    expect(all.load('a.ts')).toBe(held);
    expect(['b.ts', 'c.ts', 'd.ts'].filter((path) => all.has(path))).toEqual(['c.ts', 'd.ts']);
  });

  it('larger than the room is there while it is the last', () => {
    const { all } = trees(20_000_000);
    all.load('a.ts');
    expect(all.has('a.ts')).toBe(true);
    all.load('b.ts');
    expect(all.has('a.ts')).toBe(false);
  });

  it('of what can\'t be read is none', () => {
    const { all } = trees(10);
    expect(all.load('a.gone')).toBeUndefined();
    expect(all.has('a.gone')).toBe(false);
  });
});
