/** Folders of integrations: a folder of its own for each of other people's products. */
import fs from 'node:fs';
import path from 'node:path';
import { productIn } from '../analysis/destination-words.ts';

/** Of the folders beside each other, so many are called after products, and so great a part. */
const atLeast = 4;
const part = 0.2;
/** What lies among integrations and is none: what they share, and what asks one's own. */
const shared = /^[_.]|^(common|shared|core|base|utils?|helpers?|lib|internal|types?|test(s|ing)?|generic|custom|web-?hooks?|http|api|rest|graphql|openapi|mcp|a2a|agents?|workflows?)$/i;

/** What is known of folders, each listed once. */
export class Integrations {
  readonly #known = new Map<string, boolean>();

  /** Whether a file lies in such a folder, whichever product that is called after; `top`: where the repository begins. */
  has(file: string, top: string, isOwnName: (name: string) => boolean): boolean {
    for (let folder = path.dirname(file); folder.length > top.length && folder.startsWith(top); folder = path.dirname(folder)) {
      const name = path.basename(folder);
      if (!shared.test(name) && !isOwnName(name) && this.#holds(path.dirname(folder))) return true;
    }
    return false;
  }

  #holds(folder: string): boolean {
    let holds = this.#known.get(folder);
    if (holds === undefined) this.#known.set(folder, holds = areIntegrations(foldersIn(folder)));
    return holds;
  }
}

/** Whether folders beside each other are those of integrations. */
export function areIntegrations(names: readonly string[]): boolean {
  const products = new Set(names.flatMap((name) => productIn(name) ?? []));
  return products.size >= atLeast && products.size >= names.length * part;
}

function foldersIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? [entry.name] : []);
  } catch {
    return [];
  }
}
