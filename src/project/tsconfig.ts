import fs from 'node:fs';
import path from 'node:path';

import type { Ts } from '../types.ts';
import { foldersUp, readText } from './paths.ts';

/** What of a tsconfig.json (or jsconfig.json), with all that it extends, is read. */
export interface TsConfig {
  path: string;
  /** Pattern to targets, absolute. */
  paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
  baseUrl: string | undefined;
  /** Where the compiler writes to, and the folder of what it writes there; absolute. */
  outDir: string | undefined;
  rootDir: string | undefined;
  /** In lower case, as people write them: `dom`, `es2022`; undefined where it is left to the default. */
  lib: readonly string[] | undefined;
  types: readonly string[] | undefined;
  /** `nodenext`, `esnext`, …, in lower case. */
  module: string | undefined;
  moduleResolution: string | undefined;
}

/** Compiler configurations, read once each. */
export class TsConfigs {
  readonly #ts: Ts;
  readonly #chains = new Map<string, readonly TsConfig[]>();
  readonly #folders = new Map<string, readonly TsConfig[]>();
  readonly #read = new Map<string, TsConfig | undefined>();

  constructor(ts: Ts) {
    this.#ts = ts;
  }

  /** The nearest configuration upward. */
  of(file: string): TsConfig | undefined {
    return this.chain(file)[0];
  }

  /** Every configuration upward, nearest first; each followed by those that it refers to. */
  chain(file: string): readonly TsConfig[] {
    const folder = path.dirname(file);
    let chain = this.#chains.get(folder);
    if (chain === undefined) {
      chain = foldersUp(folder).flatMap((each) => this.#inFolder(each));
      this.#chains.set(folder, chain);
    }
    return chain;
  }

  #inFolder(folder: string): readonly TsConfig[] {
    let configs = this.#folders.get(folder);
    if (configs === undefined) this.#folders.set(folder, configs = this.#readFolder(folder));
    return configs;
  }

  #readFolder(folder: string): TsConfig[] {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const file = path.join(folder, name);
      const config = this.#config(file);
      if (config !== undefined) return [config, ...this.#references(file)];
    }
    return [];
  }

  /** A "solution" file holds nothing but references to the configurations that do the work. */
  #references(file: string): TsConfig[] {
    const raw = this.#ts.readConfigFile(file, (name) => readText(name)).config as { references?: unknown } | undefined;
    if (!Array.isArray(raw?.references)) return [];
    return raw.references.flatMap((reference: unknown) => {
      const target = (reference as { path?: unknown } | null)?.path;
      if (typeof target !== 'string') return [];
      const full = path.resolve(path.dirname(file), target);
      // A reference to a folder is another package's configuration, not this one's.
      const config = full.endsWith('.json') ? this.#config(full) : undefined;
      return config === undefined ? [] : [config];
    });
  }

  #config(file: string): TsConfig | undefined {
    if (!this.#read.has(file)) this.#read.set(file, this.#parse(file));
    return this.#read.get(file);
  }

  #parse(file: string): TsConfig | undefined {
    if (!fs.existsSync(file)) return undefined;
    const ts = this.#ts;
    const { config } = ts.readConfigFile(file, (name) => readText(name)) as { config?: unknown };
    if (typeof config !== 'object' || config === null) return undefined;
    const host = {
      useCaseSensitiveFileNames: true,
      readDirectory: () => [],
      fileExists: (name: string) => fs.existsSync(name),
      readFile: (name: string) => readText(name),
    };
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [], references: [] }, host, path.dirname(file), undefined, file);
    const base = options.baseUrl ?? (options['pathsBasePath'] as string | undefined) ?? path.dirname(file);
    return {
      path: file,
      paths: Object.entries(options.paths ?? {}).map(([pattern, targets]) =>
        [pattern, targets.map((target) => path.resolve(base, target))] as const),
      baseUrl: options.baseUrl,
      outDir: options.outDir,
      rootDir: options.rootDir,
      lib: options.lib?.map((name) => name.toLowerCase().replace(/^lib\./, '').replace(/\.d\.ts$/, '')),
      types: options.types,
      module: options.module === undefined ? undefined : ts.ModuleKind[options.module]?.toLowerCase(),
      moduleResolution: options.moduleResolution === undefined ? undefined : ts.ModuleResolutionKind[options.moduleResolution]?.toLowerCase(),
    };
  }
}
