import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyVocabulary, having, Scanner } from '../../src/catalogue/scanner.ts';

function tokens(text: string, chosen: readonly string[]): string[] {
  const found: string[] = [];
  new Scanner(chosen).scan(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

function vocabularyOf(text: string): Uint32Array {
  const vocabulary = emptyVocabulary();
  new Scanner([]).scan(text, () => {}, vocabulary);
  return vocabulary;
}

describe('chosen words', () => {
  it.each([
    ['between signs', 'queue.add(1)', ['add']],
    ['at both ends', 'add + add', ['add', 'add']],
    ['beside letters of other alphabets, which are no part of a token', 'größe', ['gr']],
    ['after a dollar', '$add', ['add']],
  ])('are found %s', (_, text, expected) => expect(tokens(text, ['add', 'gr'])).toEqual(expected));

  it.each(['added', 'readd', 'add1', '_add', ''])('do not stand in %j', (text) => expect(tokens(text, ['add'])).toEqual([]));

  it('are all found in any text', () => {
    const word = fc.stringMatching(/^\w{1,12}$/);
    fc.assert(fc.property(fc.array(word, { minLength: 1 }), fc.array(fc.oneof(word, fc.constantFrom(' ', '.', '\n', '"', 'é'))), (chosen, parts) => {
      const text = parts.join('');
      const expected = (text.match(/\w+/g) ?? []).filter((token) => chosen.includes(token));
      expect(tokens(text, chosen).filter((token) => chosen.includes(token))).toEqual(expected);
    }));
  });
});

describe('a vocabulary', () => {
  it('has every word of its text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const vocabulary = vocabularyOf(text);
      for (const token of text.match(/\w+/g) ?? []) expect(having(token)(vocabulary)).toBe(true);
    }));
  });

  it('denies most words that the text has not', () => {
    const vocabulary = vocabularyOf('const jobs = new Queue(name, { connection })');
    const others = Array.from({ length: 200 }, (_, index) => `other${index}`);
    expect(others.filter((word) => having(word)(vocabulary)).length).toBeLessThan(20);
  });

  it('cannot tell of what is no plain word', () => expect(having('größe')(emptyVocabulary())).toBe(true));
});
