/** What a file may export, told by its text, held against what its statements export. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exportedAs } from '../../src/analysis/export-statements.ts';
import { mayExport, passesOn } from '../../src/analysis/export-words.ts';
import { parse } from '../../src/analysis/source.ts';

const exported = (text: string): boolean => exportedAs(ts, parse(ts, '/a.ts', text).ast, 'mails').length > 0;

describe('exports it', () => {
  it.each([
    'export const mails = 1;',
    'export let mails: Queue;',
    'export  async\tfunction\n mails() {}',
    'export function* mails() {}',
    'export abstract class mails {}',
    'export declare const enum mails {}',
    'export type mails = string;',
    'export interface mails {}',
    'export namespace mails {}',
    'export import mails = Other.mails;',
    'export const a = f(1, 2), mails = 2;',
    'export let a = 1,\n  // the second\n  mails;',
    'export const a = 1, /* the second */ mails = 2;',
    'export const { a, mails } = make();',
    'export const { letters: mails } = make();',
    'export const [mails] = make();',
    'export const /* here */ mails = 1;',
    'export /* here */ const mails = 1;',
    'export // here\nfunction mails() {}',
    'const mails = 1;\nexport { a, mails };',
    'const mails = 1;\nexport {\n  // }\n  mails };',
    'export { letters as mails } from "./b";',
    'export type { mails } from "./b";',
    'export{mails}from"./b";',
    'exports.mails = 1;',
    'exports.a = module.exports.mails = 1;',
    '@entity() export class mails {}',
    'export @entity() class mails {}',
  ])('%s', (text) => {
    expect(passesOn.test(text)).toBe(false);
    expect(exported(text)).toBe(true);
    expect(mayExport(text, 'mails')).toBe(true);
  });
});

describe('only uses it', () => {
  it.each([
    'import { mails } from "./b";\nexport const send = () => mails.add(1);',
    'import { a, mails, c } from "./b";\nexport { a };',
    'export function send(mails: Queue) { return mails; }',
    'const mails = 1;\nexport { letters };',
    'export const mailsOf = 1, allmails = 2, $mails = 3;',
    'export { other } from "./mails";',
    '// mails: export it some day\nexport class Other { mails = 1; }',
  ])('%s', (text) => {
    expect(exported(text)).toBe(false);
    expect(mayExport(text, 'mails')).toBe(false);
  });
});
