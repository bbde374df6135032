/** From units to texts: imports, the helper module and package.json join each unit's own edits. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { isFinding } from '../analysis/engine.ts';
import { parse, type SourceText } from '../analysis/source.ts';
import type { Config } from '../project/config.ts';
import type { Package } from '../project/packages.ts';
import { isInside, relativePath } from '../project/paths.ts';
import type { ProjectResult } from '../project/project.ts';
import { planUnits, type Need, type Unit } from '../project/units.ts';
import { relatedOf } from '../report/findings.ts';
import type { Relation } from '../../transforms/support/strategy.ts';
import type { Refusal, Ts, UnitReport } from '../types.ts';
import { applyEdits, applyToProject, editsByFile, type PlacedEdit } from './edits.ts';
import { extensionStyleIn, extensionStyleOf, helperPath, helperTarget, importSpecifier, mergeHelper, readHelper, renderHelper, type ExtensionStyle, type HelperTarget } from './helper-file.ts';
import { localNameFor, planImports } from './imports.ts';
import { apiPackage, declareApi } from './manifest.ts';
import { detectStyle, isCommonJs } from './style.ts';
import type { FileChange, RepairUnit } from './unit.ts';

export interface SessionOptions {
  cwd: string;
  config: Config;
  configDir?: string;
  relation?: 'auto' | Relation;
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
  readonly #commonJs = new Map<string, boolean>();
  readonly #styles = new Map<Package, ExtensionStyle | undefined>();
  readonly #disk = new Map<string, string | undefined>();

  constructor(ts: Ts, project: ProjectResult, options: SessionOptions) {
    this.#ts = ts;
    this.#project = project;
    this.#options = options;
    this.units = planUnits(project.judged, {
      ts, origins: project.engine.origins, relation: options.relation ?? 'auto',
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
      strategies: [...new Set(unit.sites.flatMap((s) => 'strategy' in s.boundary.repair ? [s.boundary.repair.strategy] : []))],
      sites: unit.sites.map((site) => relatedOf(site, relative)),
      ...(unit.refused ? { code: unit.refused.code, detail: unit.refused.detail } : {}),
    };
  }

  /** Texts of all files that these units change, helper modules among them; consumers stand before producers. */
  changes(units: readonly RepairUnit[]): FileChange[] {
    const changes = new Map<string, FileChange>();
    for (const [path, names] of this.#helperNames(units)) {
      const before = this.#read(path);
      const after = before === undefined ? renderHelper(this.#ts, [...names.names], names.target) : mergeHelper(this.#ts, before, [...names.names], names.target);
      if (after !== before && after !== 'helper-modified') changes.set(path, { path, before, after });
    }
    const edits = editsByFile(units.flatMap((unit) => unit.edits));
    for (const path of this.#order(edits.keys(), units)) {
      const before = this.#read(path)!;
      const after = applyEdits(before, edits.get(path)!);
      if (after !== before) changes.set(path, { path, before, after });
    }
    return [...changes.values()];
  }

  /** The same, with the source files' edits made by ts-morph: one batch a file. What the gate saw is what is written. */
  async applied(units: readonly RepairUnit[]): Promise<FileChange[]> {
    const changes = this.changes(units);
    const edits = units.flatMap((unit) => unit.edits).filter((edit) => !edit.file.endsWith('package.json'));
    if (edits.length === 0) return changes;
    const { Project } = await import('ts-morph');
    const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true, skipLoadingLibFiles: true, compilerOptions: { allowJs: true } });
    const edited = new Map(applyToProject(project, edits).map((change) => [change.path, change]));
    return changes.map((change) => edited.get(change.path) ?? change);
  }

  #order(paths: Iterable<string>, units: readonly RepairUnit[]): string[] {
    const consumers = new Set(units.flatMap((u) => u.report.sites.filter((s) => s.role === 'consumer').map((s) => join(this.#options.cwd, s.path))));
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
    for (const pkg of new Set(unit.needs.map((n) => this.#packageOf(n.source)))) {
      if (!pkg || pkg.dependencies.has(apiPackage)) continue;
      const path = join(pkg.dir, 'package.json');
      const text = this.#read(path);
      if (text !== undefined) edits.push(...declareApi(path, text));
    }
    return edits;
  }

  /** Packages that will have `@opentelemetry/api` once the units are written. */
  get willBeInstalled(): ReadonlySet<string> {
    return new Set([apiPackage]);
  }

  #moduleOf({ source, from }: Pick<Need, 'source' | 'from'>): string {
    if (typeof from === 'object') return from.library;
    return from === 'api' ? apiPackage : this.#helperOf(source).specifier;
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
        if (!isAbsolute(helper.path)) continue; // a module that the configuration names: its exports are the user's
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
    for (const [path, { names, target }] of this.#helperPartsOf(unit.id)) {
      const text = this.#read(path);
      if (text === undefined || mergeHelper(this.#ts, text, [...names], target) !== 'helper-modified') continue;
      refuseUnit(unit, {
        code: 'helper-modified',
        detail: `${relativePath(this.#options.cwd, path)} ${readHelper(text) ? 'was changed by hand' : 'is not a helper file of otel-handoff'} and lacks ${[...names].sort().join(', ')}: add them there, or move it away`,
      });
    }
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
    const base = helpersModule === undefined ? pkg?.dir ?? dirname(source.path) : this.#options.configDir ?? this.#options.cwd;
    const place = { file: source.path, packageType: pkg?.type, typescript, commonJs, helpersModule, folder: pkg && this.#folderOf(pkg) };
    const path = this.#ownModuleSystem(helperPath(base, place), commonJs);
    const { quote, eol } = detectStyle(this.#ts, source.ast);
    const extensionStyle = extensionStyleIn(this.#ts, source.ast) ?? this.#packageStyle(source) ?? extensionStyleOf(this.#ts, source.ast, { packageType: pkg?.type, module: tsconfig?.module, moduleResolution: tsconfig?.moduleResolution });
    return { path, specifier: importSpecifier(source.path, path, { extensionStyle }), target: helperTarget(path, { packageType: pkg?.type, commonJs }, { quote, eol }) };
  }

  /** `src` or `lib`, where anything that needs the helper stands in it: one helper serves the package. */
  #folderOf({ dir }: Package): string {
    let folder = this.#folders.get(dir);
    if (folder === undefined) {
      const files = this.#project.judged.filter((j) => isFinding(j) && this.#packageOf(j.source)?.dir === dir).map((j) => j.source.path);
      folder = ['src', 'lib'].map((name) => join(dir, name)).find((candidate) => files.some((file) => isInside(candidate, file))) ?? dir;
      this.#folders.set(dir, folder);
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

function refuseUnit(unit: Unit, refusal: Refusal): void {
  unit.refused = refusal;
  for (const site of unit.sites) unit.refusals.set(site, refusal);
}

/** Whether a file still parses with its edits: the gate for JavaScript, and where types are not asked for. */
export function parses(ts: Ts, change: FileChange): boolean {
  const errors = (text: string): number => (parse(ts, change.path, text).ast as { parseDiagnostics?: unknown[] }).parseDiagnostics?.length ?? 0;
  return errors(change.after) <= (change.before === undefined ? 0 : errors(change.before));
}

