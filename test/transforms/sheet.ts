/**
 * fixtures/shapes/<topic>.md: what a repair makes of the shapes that people write, a section a shape. A section's
 * `before` blocks are its files (`a.<language>`, or the name that the block's first line ends with), its `after` blocks
 * those that change, its last block says what became of each repair unit. A first block of options: those of `fix`, and
 * `alone` where the sheet's package must not be that of others, `run` where each shape's `main` file is a program that is run
 * before and after: the last block says where its spans stood, and which came with the repair (fixtures/shapes/desk is what
 * they share). `needs`: brokers of this machine, without which the sheet is left out.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrokerName } from '../proofs/brokers.ts';
import type { Options } from './harness.ts';

const folder = fileURLToPath(new URL('../../fixtures/shapes', import.meta.url));

/** Texts by path; in a shape, below its own folder. */
export type Files = Record<string, string>;

export interface Shape {
  name: string;
  before: Files;
  after: Files;
  report: string;
}

export interface Sheet {
  topic: string;
  options: Options & { alone?: boolean; run?: boolean; needs?: BrokerName[] };
  shapes: Shape[];
}

export function readSheets(): Sheet[] {
  return fs.readdirSync(folder).filter((file) => file.endsWith('.md')).sort().map((file) => {
    const text = fs.readFileSync(join(folder, file), 'utf8');
    const sheet: Sheet = { topic: file.replace(/\.md$/, ''), options: {}, shapes: [] };
    for (const [, title, language, kind, name, body] of text.matchAll(/^## (.+)$|^```(\w+)(?: (before|after|options))?(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
      const shape = sheet.shapes.at(-1);
      if (title !== undefined) sheet.shapes.push({ name: title, before: {}, after: {}, report: '' });
      else if (kind === 'options') sheet.options = JSON.parse(body!) as Sheet['options'];
      else if (kind === 'before' || kind === 'after') shape![kind][name ?? `a.${language}`] = body!;
      else shape!.report = body!;
    }
    return sheet;
  });
}

/** Writes what came out where the `after` blocks and reports stand; all other text stays. */
export function writeSheet({ topic, shapes }: Sheet): void {
  const path = join(folder, `${topic}.md`);
  const [head, ...sections] = fs.readFileSync(path, 'utf8').split(/^(?=## )/m);
  const written = sections.map((section, i) => {
    const { after, report } = shapes[i]!;
    const kept = section.replace(/^```\w+ after[^\n]*\n[\s\S]*?^```\n+/gm, '').replace(/^```text\n[\s\S]*?^```\n+/gm, '').trimEnd();
    const blocks = Object.entries(after).map(([name, text]) => {
      const language = name.split('.').at(-1)!;
      return `\`\`\`${language} after${name === `a.${language}` ? '' : ` ${name}`}\n${text}\`\`\`\n`;
    });
    return [kept, ...blocks, `\`\`\`text\n${report}\`\`\`\n`].map((part) => `${part.trimEnd()}\n`).join('\n');
  });
  fs.writeFileSync(path, [head!.trimEnd(), ...written.map((part) => part.trimEnd())].join('\n\n') + '\n');
}
