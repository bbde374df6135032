import fs from 'node:fs';
import path from 'node:path';

import picomatch from 'picomatch';

import { isLeftOutFolder, isPackageCalledSo } from './files.ts';
import type { Manifest } from './packages.ts';
import { readText, relativePath } from './paths.ts';

export interface Workspace {
  /** Globs of package folders; `!` takes back. */
  patterns: string[];
  /** pnpm's catalogs by name (`default` is the unnamed one): package to range. */
  catalogs: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The workspace that a folder declares, in package.json, pnpm-workspace.yaml, lerna.json or rush.json. */
export function readWorkspace(folder: string, manifest: Manifest | undefined): Workspace | undefined {
  const patterns: string[] = [];
  const pnpm = readText(path.join(folder, 'pnpm-workspace.yaml'));
  const yaml = pnpm === undefined ? undefined : readPnpmWorkspace(pnpm);
  if (yaml !== undefined) patterns.push(...yaml.patterns);
  const declared = manifest?.workspaces;
  const npm = stringsIn(declared) ?? stringsIn((declared as { packages?: unknown } | undefined)?.packages);
  if (npm !== undefined) patterns.push(...npm);
  const lerna = readText(path.join(folder, 'lerna.json'));
  if (lerna !== undefined) patterns.push(...lernaPatterns(lerna, npm !== undefined));
  const rush = readText(path.join(folder, 'rush.json'));
  if (rush !== undefined) patterns.push(...rushFolders(rush));
  if (yaml === undefined && npm === undefined && lerna === undefined && rush === undefined) return undefined;
  return { patterns, catalogs: yaml?.catalogs ?? new Map() };
}

/** The folders below `root` that hold a package.json and match the patterns; sorted. */
export function expandWorkspaces(root: string, patterns: readonly string[]): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    if (!pattern.startsWith('!')) expand(root, segmentsOf(pattern), found);
  }
  const excluded = picomatch(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => segmentsOf(pattern.slice(1)).join('/')));
  return [...found].filter((dir) => {
    const relative = relativePath(root, dir);
    return relative !== '' && !excluded(relative) && !excluded(`${relative}/package.json`);
  }).sort();
}

function segmentsOf(pattern: string): string[] {
  return pattern.replace(/\/package\.json$/, '').split('/').filter((segment) => segment !== '' && segment !== '.');
}

function expand(dir: string, segments: readonly string[], found: Set<string>): void {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    if (fs.existsSync(path.join(dir, 'package.json'))) found.add(dir);
  } else if (segment === '**') {
    expand(dir, rest, found);
    for (const name of foldersIn(dir)) expand(path.join(dir, name), segments, found);
  } else if (/[*?{[(]/.test(segment)) {
    const matches = picomatch(segment);
    for (const name of foldersIn(dir)) if (matches(name)) expand(path.join(dir, name), rest, found);
  } else {
    expand(path.join(dir, segment), rest, found);
  }
}

function foldersIn(dir: string): string[] {
  try {
    return fs.readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && (!isLeftOutFolder(entry.name) || isPackageCalledSo(dir, entry.name))).map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** The two parts of pnpm-workspace.yaml that matter, from YAML as people write it there: block lists, flow lists, plain maps. */
function readPnpmWorkspace(text: string): Workspace {
  const patterns: string[] = [];
  const catalogs = new Map<string, Map<string, string>>();
  let section = '';
  let catalog = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line.trim() === '') continue;
    const top = /^([\w-]+):\s*(.*)$/.exec(line);
    if (top !== null) {
      section = top[1] as string;
      catalog = section === 'catalog' ? 'default' : '';
      const flow = /^\[(.*)\]$/.exec(top[2] as string);
      if (section === 'packages' && flow !== null) patterns.push(...(flow[1] as string).split(',').map(unquote).filter(Boolean));
      continue;
    }
    if (section === 'packages') {
      const item = /^\s*-\s+(.+)$/.exec(line);
      if (item !== null) patterns.push(unquote(item[1] as string));
    } else if (section === 'catalog' || section === 'catalogs') {
      const entry = /^\s+("[^"]+"|'[^']+'|[^\s:"']+):\s*(.*)$/.exec(line);
      if (entry === null) continue;
      const [key, value] = [unquote(entry[1] as string), unquote(entry[2] as string)];
      if (value === '') catalog = key;
      else mapFor(catalogs, catalog).set(key, value);
    }
  }
  return { patterns, catalogs };
}

function mapFor(catalogs: Map<string, Map<string, string>>, name: string): Map<string, string> {
  let map = catalogs.get(name);
  if (map === undefined) {
    map = new Map();
    catalogs.set(name, map);
  }
  return map;
}

function lernaPatterns(text: string, useWorkspaces: boolean): string[] {
  try {
    const value = JSON.parse(text) as { packages?: unknown } | null;
    return stringsIn(value?.packages) ?? (useWorkspaces ? [] : ['packages/*']);
  } catch {
    return [];
  }
}

/** The folder of each project in rush.json, which has comments. */
function rushFolders(text: string): string[] {
  const plain = text.replace(/("(?:\\.|[^"\\])*")|\/\/.*|\/\*[\s\S]*?\*\//g, '$1').replace(/("(?:\\.|[^"\\])*")|,(?=\s*[\]}])/g, '$1');
  try {
    const { projects } = JSON.parse(plain) as { projects?: unknown };
    return stringsIn(Array.isArray(projects) ? projects.map((project: { projectFolder?: unknown } | null) => project?.projectFolder) : undefined) ?? [];
  } catch {
    return [];
  }
}

function stringsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
