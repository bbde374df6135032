/**
 * The helper module that a repair places in the user's package: cut from `transforms/runtime/handoff.ts` to the parts
 * that the package needs.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { applyEdits, type PlacedEdit } from './edits.ts';
import { declaredNames, eraseTypes, exportKeyword, inStyle, isExported, parseHelper, toCommonJs } from './helper-text.ts';
import { detectStyle, eolOf, isCommonJs, type TextStyle } from './style.ts';

export interface HelperTarget {
  language: 'ts' | 'js';
  module: 'esm' | 'cjs';
  /** The project's compiler looks at its JavaScript too: the helper's has no types to satisfy it. */
  checkJs?: boolean;
  style?: Partial<TextStyle>;
}

const SOURCE = new URL('../../transforms/runtime/handoff.ts', import.meta.url);
const NAME = 'otel-handoff';

/** The helper as it is in this package. */
export function helperSource(): string {
  return fs.readFileSync(fileURLToPath(SOURCE), 'utf8').replaceAll('\r\n', '\n');
}

/** The names that a helper file can have. */
export function helperParts(ts: Ts, source: string = helperSource()): string[] {
  return parseHelper(ts, source).statements
    .filter((statement) => isExported(ts, statement) && ts.isFunctionDeclaration(statement))
    .flatMap((statement) => declaredNames(ts, statement));
}

/** Throws on a name that the helper doesn't have. */
export function renderHelper(
  ts: Ts, names: readonly string[], target: HelperTarget, source: string = helperSource(),
): string {
  const parts = [...new Set(names)].sort();
  let body = cut(ts, source, parts);
  if (target.language === 'js') body = eraseTypes(ts, body);
  if (target.module === 'cjs' && target.language === 'js') body = toCommonJs(ts, body);
  body = inStyle(ts, body, target.language, target.style ?? {});
  if (target.language === 'js' && target.checkJs) body = `// @ts-nocheck\n\n${body.trimStart()}`;
  body = `${body.trim()}\n`;
  const text = `${header(parts, hashOf(body))}\n${body}`;
  return target.style?.eol === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
}

const HEADER = /^\/\*\*\n \* OpenTelemetry handoffs:[^]*?@handoff-hash ([0-9a-f]{64})\n \*\/\n/;

function header(parts: readonly string[], hash: string): string {
  return [
    '/**',
    ' * OpenTelemetry handoffs: functions that take the active trace context along to wherever the work goes on.',
    ' *',
    ' * Written by `otel-handoff fix`, and yours to keep: it needs @opentelemetry/api and nothing else. Change it as you',
    ' * like; the hash then differs from the text, and `otel-handoff fix` leaves the file alone instead of adding parts.',
    ' *',
    ' * @handoff-parts',
    ...parts.map((part) => ` *   ${part}`),
    ` * @handoff-hash ${hash}`,
    ' */',
    '',
  ].join('\n');
}

/** End-of-line and BOM don't count: git and editors change them unasked. */
function hashOf(body: string): string {
  return createHash('sha256').update(body.trim()).digest('hex');
}

/** Undefined: not a helper file of ours. */
export function readHelper(text: string): { parts: string[]; modified: boolean } | undefined {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const match = HEADER.exec(plain);
  if (!match) return undefined;
  const list = /@handoff-parts\n((?: \* {3}\S+\n)*)/.exec(match[0])?.[1] ?? '';
  const parts = [...list.matchAll(/\* {3}(\S+)/g)].map((part) => part[1]!);
  return { parts, modified: hashOf(plain.slice(match[0].length)) !== match[1] };
}

/** The same text with the hash that it has now; undefined where it is no helper file. For what a formatter has been over. */
export function rehashHelper(text: string): string | undefined {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const match = HEADER.exec(plain);
  return match ? text.replace(match[1]!, hashOf(plain.slice(match[0].length))) : undefined;
}

/** The file with the parts it has and those asked for; itself, if it has them all. An empty file is a place made for them. */
export function mergeHelper(
  ts: Ts, existingText: string, names: readonly string[], target: HelperTarget, source?: string,
): string | 'helper-modified' {
  if (existingText.trim() === '') return renderHelper(ts, names, target, source);
  const helper = readHelper(existingText);
  if (!helper) return 'helper-modified';
  if (names.every((name) => helper.parts.includes(name))) return existingText;
  if (helper.modified) return 'helper-modified';
  const bom = existingText.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = existingText.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const style = { ...detectStyle(ts, parseHelper(ts, plain)), eol: eolOf(existingText) };
  return bom + renderHelper(ts, [...helper.parts, ...names], { ...target, style }, source);
}

/** The parts and all that they need; what else is exported loses its `export`, unless it is a type. */
function cut(ts: Ts, source: string, parts: readonly string[]): string {
  const file = parseHelper(ts, source);
  const owners = new Map<string, ts.Statement>();
  for (const statement of file.statements) {
    for (const name of declaredNames(ts, statement)) owners.set(name, statement);
  }
  const needed = new Set<ts.Statement>();
  const mentioned = new Set<string>();
  const take = (name: string): void => {
    const statement = owners.get(name);
    if (!statement || needed.has(statement)) return;
    needed.add(statement);
    for (const used of identifiersOf(ts, statement)) {
      mentioned.add(used);
      take(used);
    }
  };
  for (const part of parts) {
    const owner = owners.get(part);
    if (!owner || !isExported(ts, owner)) throw new Error(`The helper has no part called '${part}'.`);
    take(part);
  }

  const edits: PlacedEdit[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      edits.push(...pruneImport(ts, file, statement, mentioned));
    } else if (!needed.has(statement)) {
      edits.push({ file: file.fileName, start: statement.getFullStart(), end: statement.end, text: '' });
    } else if (ts.isFunctionDeclaration(statement) && !parts.includes(statement.name!.text)) {
      const keyword = exportKeyword(ts, statement);
      if (keyword) edits.push({ file: file.fileName, start: keyword.getStart(file), end: keyword.end + 1, text: '' });
    }
  }
  return applyEdits(source, edits).replace(/\n{3,}/g, '\n\n').replace(/^(import[^;]*;\n)(?!import|\n)/gm, '$1\n');
}

/** Names that a statement may refer to; a property of the same name only makes the cut a little larger. */
function identifiersOf(ts: Ts, statement: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) return visit(node.expression);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) return visit(node.initializer);
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function pruneImport(ts: Ts, file: ts.SourceFile, statement: ts.ImportDeclaration, mentioned: Set<string>): PlacedEdit[] {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  const kept = bindings.elements.filter((element) => mentioned.has(element.name.text));
  const drop = kept.length === 0;
  const [start, end] = drop ? [statement.getFullStart(), statement.end] : [bindings.getStart(file), bindings.end];
  if (drop) return [{ file: file.fileName, start, end, text: '' }];
  const names = kept.map((element) => element.getText(file));
  const oneLine = `{ ${names.join(', ')} }`;
  const width = start - statement.getStart(file) + oneLine.length + (statement.end - end);
  const text = width <= 100 ? oneLine : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
  return [{ file: file.fileName, start, end, text }];
}

export interface HelperPlace {
  /** The file that is to import the helper (absolute). */
  file: string;
  /** The nearest package.json's `type`. */
  packageType?: string | undefined;
  /** Whether the file's package compiles TypeScript (has a tsconfig.json that governs it). */
  typescript: boolean;
  /** For a plain `.js` file: whether it is CommonJS (`isCommonJs`). */
  commonJs?: boolean;
  /** From the configuration: a file (absolute, or relative to the package), or a module's name, which is returned as it is. */
  helpersModule?: string | undefined;
  /** The package's folder for it, where other files need it too. */
  folder?: string | undefined;
  exists?: (file: string) => boolean;
}

/**
 * Where the helper of this file's package is, or goes. A TypeScript file gets a `.ts` one; a JavaScript file gets one that
 * its own module system can load without a compiler.
 */
export function helperPath(packageDir: string, place: HelperPlace): string {
  const { file, helpersModule, exists = fs.existsSync } = place;
  if (helpersModule) return isHelperFile(helpersModule) ? path.resolve(packageDir, helpersModule) : helpersModule;
  const folders = ['src', 'lib'].map((name) => path.join(packageDir, name));
  const folder = place.folder ?? folders.find((candidate) => file.startsWith(candidate + path.sep)) ?? packageDir;
  const name = `${NAME}${helperExtension(place)}`;
  // One helper a package: what an earlier run placed serves the whole package.
  const placed = [folder, ...folders, packageDir].map((candidate) => path.join(candidate, name)).find((candidate) =>
    exists(candidate));
  return placed ?? path.join(folder, name);
}

/** Whether `helpersModule` is a path, not a module's name. */
export function isHelperFile(helpersModule: string): boolean {
  return /^\.{0,2}[\\/]/.test(helpersModule) || path.isAbsolute(helpersModule) || (/\.[cm]?[jt]sx?$/.test(helpersModule) && !helpersModule.startsWith('@'));
}

function helperExtension({ file, packageType, typescript, commonJs }: HelperPlace): string {
  if (/\.[cm]?tsx?$/.test(file)) return typescript ? '.ts' : path.extname(file).replace('x', '');
  const isModule = packageType === 'module';
  const wantsCommonJs = file.endsWith('.cjs') || (!file.endsWith('.mjs') && (commonJs ?? !isModule));
  // Beside TypeScript, `./otel-handoff.js` would name what the `.ts` compiles to.
  if (typescript) return wantsCommonJs ? '.cjs' : '.mjs';
  if (wantsCommonJs) return isModule ? '.cjs' : '.js';
  return file.endsWith('.mjs') && !isModule ? '.mjs' : '.js';
}

/** The helper's language and module system, by its path. */
export function helperTarget(
  helper: string, place: Pick<HelperPlace, 'packageType' | 'commonJs'>, style?: HelperTarget['style'],
): HelperTarget {
  const language = /\.[cm]?ts$/.test(helper) ? 'ts' : 'js';
  const plain = place.commonJs ?? place.packageType !== 'module';
  const cjs = helper.endsWith('.cjs') || (helper.endsWith('.js') && plain);
  return { language, module: language === 'js' && cjs ? 'cjs' : 'esm', ...(style ? { style } : {}) };
}

export type ExtensionStyle = 'js' | 'ts' | 'none';

/** How a file names its neighbours, as far as its imports show. */
export function extensionStyleIn(ts: Ts, sourceFile: ts.SourceFile): ExtensionStyle | undefined {
  for (const specifier of ownSpecifiers(ts, sourceFile)) {
    if (/\.[cm]?tsx?$/.test(specifier)) return 'ts';
    if (/\.jsx?$/.test(specifier)) return 'js';
    // '.', '..' and data files show nothing, nor does `.mjs`, which nobody can leave out.
    if (/\/[^/.]+$/.test(specifier)) return 'none';
  }
  return undefined;
}

/** The same, and where a file has no relative imports, what its compiler wants. */
export function extensionStyleOf(
  ts: Ts, sourceFile: ts.SourceFile,
  project: { packageType?: string | undefined; module?: string | undefined; moduleResolution?: string | undefined },
): ExtensionStyle {
  const shown = extensionStyleIn(ts, sourceFile);
  if (shown) return shown;
  const isScript = /\.[cm]?jsx?$/.test(sourceFile.fileName);
  if (isScript) {
    const cjs = isCommonJs(ts, sourceFile, project.packageType);
    return sourceFile.fileName.endsWith('.mjs') || (!cjs && project.packageType === 'module') ? 'js' : 'none';
  }
  const { module = '', moduleResolution = '' } = project;
  // Nothing says how it is built: Node's own ES modules need an extension, and whatever else runs TypeScript takes one.
  if (module === '' && moduleResolution === '' && project.packageType === 'module') return 'js';
  const followsNode = /^node(16|18|20|next)$/i;
  // Under these, a CommonJS file may leave the extension out and an ES module may not.
  return followsNode.test(moduleResolution || module) ? 'js' : 'none';
}

/** Relative ones first, then `@/lib/queue` and its like. */
function ownSpecifiers(ts: Ts, sourceFile: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) ? node.moduleSpecifier
      : ts.isExternalModuleReference(node) ? node.expression
      : ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword
          || (ts.isIdentifier(node.expression) && node.expression.text === 'require')) ? node.arguments[0]
      : undefined;
    if (specifier && ts.isStringLiteralLike(specifier) && /^(\.|[@~]\/)/.test(specifier.text)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return [...found.filter((each) => each.startsWith('.')), ...found.filter((each) => !each.startsWith('.'))];
}

/** What `fromFile` writes to import the helper. A module's name is returned as it is. */
export function importSpecifier(
  fromFile: string, helperFile: string, { extensionStyle }: { extensionStyle: ExtensionStyle },
): string {
  if (!path.isAbsolute(helperFile)) return helperFile;
  const relative = path.relative(path.dirname(fromFile), helperFile).split(path.sep).join('/');
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  if (/\.[cm]js$/.test(specifier)) return specifier;
  if (extensionStyle === 'ts') return specifier;
  const compiled = specifier.replace(/\.([cm]?)tsx?$/, '.$1js');
  return extensionStyle === 'none' && /\.js$/.test(compiled) ? compiled.slice(0, -'.js'.length) : compiled;
}
