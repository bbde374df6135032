/** From units to texts: imports, the helper module and package.json join each unit's own edits. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isFinding } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import { parse, type SourceText } from '../analysis/source.ts';
import type { Config } from '../project/config.ts';
import { packageName } from '../project/libraries.ts';
import type { Package } from '../project/packages.ts';
import { isInside, relativePath } from '../project/paths.ts';
import type { ProjectResult } from '../project/project.ts';
import { planUnits, strategyOf, type Need, type Unit } from '../project/units.ts';
import { relatedOf } from '../report/findings.ts';
import type { Relation } from '../../transforms/support/strategy.ts';
import type { Refusal, Ts, UnitReport } from '../types.ts';
import { applyEdits, applyToProject, editsByFile, type PlacedEdit } from './edits.ts';
import { extensionStyleIn, extensionStyleOf, helperPath, helperTarget, importSpecifier, mergeHelper, readHelper, renderHelper, type ExtensionStyle, type HelperTarget } from './helper-file.ts';
import { mayFree, withoutFreedImports } from './freed-imports.ts';
import { localNameFor } from './imported-names.ts';
import { planImports } from './imports.ts';
import { lacking } from './module-exports.ts';
import { apiPackage, apiRange, declareApi, dependent } from './manifest.ts';
import { detectStyle, isCommonJs } from './style.ts';
import { todoEdits } from './todos.ts';
import type { FileChange, RepairUnit } from './unit.ts';

export interface SessionOptions {
  cwd: string;
  config: Config;
  configDir?: string;
  relation?: 'auto' | Relation;
  prefer?: 'native' | undefined;
}

interface Helper {
  path: string;
  specifier: string;
  target: HelperTarget;
}

export class RepairSession {
  readonly units: Unit[];
  readonly #ts: Ts;
  readonly #project: ProjectResult;
  readonly #options: SessionOptions;
  readonly #helpers = new Map<SourceText, Helper>();
  readonly #parts = new Map<string, Map<string, { names: Set<string>; target: HelperTarget }>>();
  readonly #folders = new Map<string, string>();
  readonly #homes = new Map<string, string>();
  readonly #commonJs = new Map<string, boolean>();
  readonly #styles = new Map<Package, ExtensionStyle | undefined>();
  readonly #disk = new Map<string, string | undefined>();
  readonly #helperTexts = new Map<string, string>();
  readonly #sources = new Map<string, SourceText>();

  constructor(ts: Ts, project: ProjectResult, options: SessionOptions) {
    this.#ts = ts;
    this.#project = project;
    this.#options = options;
    this.units = planUnits(project.judged, {
      ts, origins: project.engine.origins, relation: options.relation ?? 'auto', prefer: options.prefer,
      relative: (path) => isAbsolute(path) ? relativePath(options.cwd, path) : path,
      localName: (source, from, name) => localNameFor(ts, source.ast, this.#moduleOf({ source, from }), name).local,
    });
    for (const unit of this.units) if (!unit.refused) this.#refuseUnreachableImports(unit);
    for (const unit of this.units) if (!unit.refused) this.#refuseModifiedHelper(unit);
  }

  /** What the fixing half works on: units that are not refused, with every edit that they need. */
  repairUnits(units: readonly Unit[]): RepairUnit[] {
    return units.filter((unit) => !unit.refused).map((unit) => ({ report: this.report(unit), edits: [...unit.edits, ...this.#supporting(unit)] }));
  }

  report(unit: Unit): UnitReport {
    const relative = (path: string): string => relativePath(this.#options.cwd, path);
    return {
      id: unit.id,
      boundaries: [...new Set(unit.sites.map((s) => s.boundary.id))],
      channel: unit.channel,
      strategies: [...new Set(unit.sites.flatMap((s) => strategyOf(s, unit) ?? []))],
      sites: unit.sites.map((site) => relatedOf(site, relative)),
      ...(unit.refused ? { code: unit.refused.code, detail: unit.refused.detail } : {}),
    };
  }

  /** Texts of all files that these units change, helper modules among them; consumers stand before producers. */
  changes(units: readonly RepairUnit[], todos: readonly PlacedEdit[] = []): FileChange[] {
    const changes = new Map<string, FileChange>();
    for (const [path, names] of this.#helperNames(units)) {
      const before = this.#read(path);
      const after = this.#helperText(path, [...names.names].sort(), names.target);
      if (after !== before && after !== 'helper-modified') changes.set(path, { path, before, after });
    }
    const edits = this.editsOf(units, todos);
    for (const path of this.#order(edits.keys(), units)) {
      const before = this.#read(path)!;
      const after = applyEdits(before, edits.get(path)!);
      if (after !== before) changes.set(path, { path, before, after });
    }
    return [...changes.values()];
  }

  /** The same, with the source files' edits made by ts-morph: one batch a file. What the gate saw is what is written. */
  async applied(units: readonly RepairUnit[], todos: readonly PlacedEdit[] = []): Promise<FileChange[]> {
    const changes = this.changes(units, todos);
    const edits = [...this.editsOf(units, todos).values()].flat().filter((edit) => !edit.file.endsWith('package.json'));
    if (edits.length === 0) return changes;
    const { Project } = await import('ts-morph');
    const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true, skipLoadingLibFiles: true, compilerOptions: { allowJs: true } });
    const edited = new Map(applyToProject(project, edits).map((change) => [change.path, change]));
    return changes.map((change) => edited.get(change.path) ?? change);
  }

  /** A file's edits, and those of imports that nothing needs after all of them. */
  editsOf(units: readonly RepairUnit[], todos: readonly PlacedEdit[] = []): Map<string, PlacedEdit[]> {
    const edits = editsByFile([...units.flatMap((unit) => unit.edits), ...todos]);
    for (const [path, ofFile] of edits) {
      const source = path.endsWith('package.json') ? undefined : this.#source(path);
      if (source && mayFree(source, ofFile)) ofFile.push(...withoutFreedImports(this.#ts, source, ofFile));
    }
    return edits;
  }

  #source(path: string): SourceText | undefined {
    let source = this.#sources.get(path);
    if (!source) {
      for (const { source: each } of [...this.#project.judged, ...this.units.flatMap((unit) => unit.needs)]) this.#sources.set(each.path, each);
      source = this.#sources.get(path) ?? parse(this.#ts, path, this.#read(path)!.replace(/^\uFEFF/, ''));
      this.#sources.set(path, source);
    }
    return source;
  }

  /** Lines that say at each place of these units why it was refused, beside the edits that are made; none where one stands already. */
  todos(refused: readonly Unit[], made: readonly RepairUnit[], isAsked: (site: Judged) => boolean): PlacedEdit[] {
    const places = refused.flatMap((unit) => unit.sites.filter(isAsked).map((site) => ({ site, refusal: unit.refusals.get(site) ?? unit.refused! })));
    const others = made.flatMap((unit) => unit.edits);
    const edits = todoEdits(this.#ts, places, others);
    const broken = new Set(this.changes(made, edits).filter((change) => edits.some((edit) => edit.file === change.path) && !parses(this.#ts, change)).map((change) => change.path));
    return edits.filter((edit) => !broken.has(edit.file));
  }

  /** A file that a unit changes without a site of its own in it is the far side of one: a worker's program, a pool's task. */
  #order(paths: Iterable<string>, units: readonly RepairUnit[]): string[] {
    const consumers = new Set<string>();
    for (const { report: { sites }, edits } of units) {
      const near = new Set(sites.filter((site) => site.role !== 'consumer').map((site) => join(this.#options.cwd, site.path)));
      for (const site of sites) if (site.role === 'consumer') consumers.add(join(this.#options.cwd, site.path));
      for (const { file } of edits) if (!near.has(file)) consumers.add(file);
    }
    const rank = (path: string): number => path.endsWith('package.json') ? 0 : consumers.has(path) ? 1 : 2;
    return [...paths].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  /** Import lines, and the dependency in package.json. */
  #supporting(unit: Unit): PlacedEdit[] {
    const edits: PlacedEdit[] = [];
    for (const source of new Set(unit.needs.map((n) => n.source))) {
      const needs = unit.needs.filter((n) => n.source === source);
      const pkg = this.#packageOf(source);
      edits.push(...planImports(this.#ts, source.ast, needs.map((n) => ({ module: this.#moduleOf(n), name: n.name, local: n.local })), { cjs: isCommonJs(this.#ts, source.ast, pkg?.type) }));
    }
    const { packages } = this.#project;
    for (const pkg of new Set(this.#usersOfApi(unit).map((file) => dependent(packages, file)))) {
      if (!pkg || pkg.own.has(apiPackage)) continue;
      const path = join(pkg.dir, 'package.json');
      const text = this.#read(path);
      if (text !== undefined) edits.push(...declareApi(this.#ts, path, text, apiRange(packages, pkg)));
    }
    return edits;
  }

  /** Files that will import `@opentelemetry/api`: sources, and helper files where they are. */
  #usersOfApi(unit: Unit): string[] {
    return [...new Set(unit.needs.flatMap(({ source, from }) => {
      if (from === 'api') return [source.path];
      const helper = from === 'helper' ? this.#helperOf(source).path : '';
      const text = isAbsolute(helper) ? this.#read(helper) : undefined;
      const isOurs = isAbsolute(helper) && (text === undefined || text.trim() === '' || readHelper(text) !== undefined);
      return isOurs ? [helper] : [];
    }))];
  }

  /** Packages that will have `@opentelemetry/api` once the units are written. */
  get willBeInstalled(): ReadonlySet<string> {
    return new Set([apiPackage]);
  }

  #moduleOf({ source, from }: Pick<Need, 'source' | 'from'>): string {
    if (typeof from === 'object') return from.library;
    return from === 'api' ? apiPackage : this.#helperOf(source).specifier;
  }

  /** The same few parts are asked for again and again: with these units, with those, with all. */
  #helperText(path: string, names: readonly string[], target: HelperTarget): string {
    const key = `${path}\0${names.join(' ')}`;
    let text = this.#helperTexts.get(key);
    if (text === undefined) {
      const before = this.#read(path);
      text = before === undefined ? renderHelper(this.#ts, names, target) : mergeHelper(this.#ts, before, names, target);
      this.#helperTexts.set(key, text);
    }
    return text;
  }

  #helperNames(units: readonly RepairUnit[]): Map<string, { names: Set<string>; target: HelperTarget }> {
    const all = new Map<string, { names: Set<string>; target: HelperTarget }>();
    for (const unit of units) {
      for (const [path, { names, target }] of this.#helperPartsOf(unit.report.id)) {
        const known = all.get(path) ?? { names: new Set<string>(), target };
        for (const name of names) known.names.add(name);
        all.set(path, known);
      }
    }
    return all;
  }

  #helperPartsOf(id: string): Map<string, { names: Set<string>; target: HelperTarget }> {
    let parts = this.#parts.get(id);
    if (!parts) {
      parts = new Map();
      const unit = this.units.find((u) => u.id === id);
      for (const need of unit?.needs ?? []) {
        if (need.from !== 'helper') continue;
        const helper = this.#helperOf(need.source);
        if (!isAbsolute(helper.path)) continue; // outside of the repo: its exports are the user's
        const known = parts.get(helper.path) ?? { names: new Set<string>(), target: helper.target };
        known.names.add(need.name);
        parts.set(helper.path, known);
      }
      this.#parts.set(id, parts);
    }
    return parts;
  }

  /** What the edits would import could not be had where the code runs. */
  #refuseUnreachableImports(unit: Unit): void {
    for (const { source, from } of unit.needs) {
      const pkg = this.#packageOf(source);
      const path = relativePath(pkg?.dir ?? this.#options.cwd, source.path);
      const name = relativePath(this.#options.cwd, source.path);
      const detail = from !== 'api' && from !== 'helper' ? undefined
        : !pkg ? `no package.json stands above ${name}: nothing would install ${apiPackage} for it`
          : /(?:^|\/)(?:public|static|wwwroot)\/.*\.m?js$/.test(path) ? `${name} is served as it is, and what it would import is not`
            : undefined;
      if (detail !== undefined) return refuseUnit(unit, { code: 'unsupported-shape', detail });
    }
  }

  #refuseModifiedHelper(unit: Unit): void {
    const refuse = (detail: string): void => refuseUnit(unit, { code: 'helper-modified', detail });
    for (const [path, { names, target }] of this.#helperPartsOf(unit.id)) {
      const text = this.#read(path);
      if (text === undefined || this.#helperText(path, [...names].sort(), target) !== 'helper-modified') continue;
      const missing = lacking(this.#ts, path, [...names].sort(), (from, specifier) => this.#project.modules.resolve(from, specifier));
      if (missing.length === 0) continue; // a person's own, with all that is needed
      refuse(`${relativePath(this.#options.cwd, path)} ${readHelper(text) ? 'was changed by hand' : 'is not a helper file of otel-handoff'} and lacks ${missing.join(', ')}: add them there, or move it away`);
    }
    for (const source of new Set(unit.needs.flatMap((need) => need.from === 'helper' ? [need.source] : []))) {
      const { specifier } = this.#helperOf(source);
      const pkg = this.#packageOf(source);
      if (specifier.startsWith('.') || !pkg || this.#canImport(source, pkg, specifier)) continue;
      refuse(`${relativePath(this.#options.cwd, join(pkg.dir, 'package.json'))} does not name ${packageName(specifier)}, where \`helpersModule\` says the helper functions are: add it there`);
    }
  }

  #canImport(source: SourceText, pkg: Package, specifier: string): boolean {
    const { packages, modules } = this.#project;
    const name = packageName(specifier);
    if (pkg.name === name || packages.versionOf(pkg, name) !== undefined || pkg.dependencies.has(name)) return true;
    // A path of tsconfig.json or an import of package.json; a workspace's package that nobody names may not be there.
    return packages.workspaceByName(name, source.path) === undefined && modules.resolve(source.path, specifier) !== undefined;
  }

  #helperOf(source: SourceText): Helper {
    let helper = this.#helpers.get(source);
    if (!helper) this.#helpers.set(source, helper = this.#placeHelper(source));
    return helper;
  }

  #placeHelper(source: SourceText): Helper {
    const pkg = this.#packageOf(source);
    const tsconfig = this.#project.modules.tsconfigs.of(source.path);
    const typescript = tsconfig !== undefined && tsconfig.path.endsWith('tsconfig.json');
    const commonJs = isCommonJs(this.#ts, source.ast, pkg?.type);
    const { helpersModule } = this.#options.config;
    const home = this.#homeOf(source.path, pkg);
    const base = helpersModule === undefined ? home : this.#options.configDir ?? this.#options.cwd;
    const place = { file: source.path, packageType: pkg?.type, typescript, commonJs, helpersModule, folder: pkg && this.#folderOf(home, isTypeScript(source.path)) };
    const named = helperPath(base, place);
    // A module's name may stand for a file of the repo, which is then kept as any other.
    const found = isAbsolute(named) ? this.#ownModuleSystem(named, commonJs) : this.#project.modules.resolve(source.path, named);
    const path = found ?? named;
    const extensionStyle = extensionStyleIn(this.#ts, source.ast) ?? this.#packageStyle(source) ?? extensionStyleOf(this.#ts, source.ast, { packageType: pkg?.type, module: tsconfig?.module, moduleResolution: tsconfig?.moduleResolution });
    const specifier = isAbsolute(named) ? importSpecifier(source.path, path, { extensionStyle }) : named;
    const owner = this.#project.packages.packageOf(path);
    const system = owner === undefined || owner === pkg ? { packageType: pkg?.type, commonJs } : { packageType: owner.type };
    return { path, specifier, target: helperTarget(path, system, detectStyle(this.#ts, source.ast)) };
  }

  /** The package's folder; that of the file's own project where one package.json serves several (Nx). */
  #homeOf(file: string, pkg: Package | undefined): string {
    const top = pkg?.dir ?? dirname(file);
    const visited: string[] = [];
    let home = top;
    for (let folder = dirname(file); folder !== top && isInside(top, folder); folder = dirname(folder)) {
      const known = this.#homes.get(folder);
      if (known !== undefined || existsSync(join(folder, 'project.json'))) {
        home = known ?? folder;
        break;
      }
      visited.push(folder);
    }
    for (const folder of visited) this.#homes.set(folder, home);
    return home;
  }

  /** `src` or `lib`, where anything of the same language that needs the helper stands in it: one helper serves the package. */
  #folderOf(home: string, typescript: boolean): string {
    const key = `${home}\0${typescript}`;
    let folder = this.#folders.get(key);
    if (folder === undefined) {
      const files = [...new Set(this.#project.judged.filter((j) => isFinding(j)).map((j) => j.source.path))].filter((path) => isTypeScript(path) === typescript && isInside(home, path));
      const own = files.filter((path) => this.#homeOf(path, this.#project.packages.packageOf(path)) === home);
      folder = ['src', 'lib'].map((name) => join(home, name)).find((candidate) => own.some((file) => isInside(candidate, file))) ?? home;
      this.#folders.set(key, folder);
    }
    return folder;
  }

  /** How most of the package's other files of this kind name their neighbours, for one that names none. */
  #packageStyle(source: SourceText): ExtensionStyle | undefined {
    const pkg = this.#packageOf(source);
    if (!pkg || isCommonJs(this.#ts, source.ast, pkg.type)) return undefined;
    if (!this.#styles.has(pkg)) {
      const counts = new Map<ExtensionStyle, number>();
      for (const other of new Set(this.#project.judged.map((j) => j.source))) {
        const style = this.#packageOf(other) === pkg ? extensionStyleIn(this.#ts, other.ast) : undefined;
        if (style) counts.set(style, (counts.get(style) ?? 0) + 1);
      }
      this.#styles.set(pkg, [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]);
    }
    return this.#styles.get(pkg);
  }

  /** A `.js` helper is one or the other: where a package has files of both module systems, the second kind gets its own. */
  #ownModuleSystem(path: string, commonJs: boolean): string {
    if (!path.endsWith('.js')) return path;
    const known = this.#commonJs.get(path);
    if (known === undefined) this.#commonJs.set(path, commonJs);
    return known === undefined || known === commonJs ? path : path.replace(/\.js$/, commonJs ? '.cjs' : '.mjs');
  }

  #packageOf(source: SourceText): Package | undefined {
    return this.#project.packages.packageOf(source.path);
  }

  #read(path: string): string | undefined {
    if (!this.#disk.has(path)) {
      try {
        this.#disk.set(path, readFileSync(path, 'utf8'));
      } catch {
        this.#disk.set(path, undefined);
      }
    }
    return this.#disk.get(path);
  }
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

function refuseUnit(unit: Unit, refusal: Refusal): void {
  unit.refused = refusal;
  for (const site of unit.sites) unit.refusals.set(site, refusal);
}

/** Whether a file still parses with its edits: the gate for JavaScript, and where types are not asked for. */
export function parses(ts: Ts, change: FileChange): boolean {
  const errors = (text: string): number => (parse(ts, change.path, text).ast as { parseDiagnostics?: unknown[] }).parseDiagnostics?.length ?? 0;
  const now = errors(change.after);
  return now === 0 || (change.before !== undefined && now <= errors(change.before));
}

