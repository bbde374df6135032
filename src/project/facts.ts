/** What is known of a file beyond its text: where it runs, what covers it, which versions it has. */
import type { Covering, FileFacts } from '../analysis/judge.ts';
import { hosting } from '../analysis/destination-words.ts';
import type { SourceText } from '../analysis/source.ts';
import type { Cover } from '../catalogue/schema.ts';
import type { RuntimeProfile, Ts } from '../types.ts';
import { agentFacts } from './agent-facts.ts';
import { configFor, type Config, type Instrumentations } from './config.ts';
import type { Registration } from './coverage-facts.ts';
import { packageCoverage, type Coverage, type CoverageSource } from './coverage.ts';
import { isTestPath } from './files.ts';
import { globMatcher } from './globs.ts';
import { Integrations } from './integrations.ts';
import { runsIn } from './instrumentations.ts';
import type { Modules } from './modules.ts';
import type { Package, Packages } from './packages.ts';
import { relativePath } from './paths.ts';
import { runtimeOf } from './runtime.ts';
import { scan } from './scan.ts';
import { satisfies } from './versions.ts';

/** Folders of what tests are run with, and files that set up the server they run against (https://wiremock.org). */
const testSupport = /(^|\/)((e2e|browser|integration|([\w-]+[-_])?acceptance|smoke|load|conformance)[-_]?tests?|mock[-_]?apis?|wiremock([-_][\w-]+)?|e2e([-_][\w-]+)?|(playwright|cypress|wdio|puppeteer)([-_](tests?|e2e)([-_][\w-]+)?)?|conformance|_tests?|test[-_]?(utils?|helpers?|support|harness))\/|(^|\/)wiremock([.-][\w-]+)*\.[cm]?[jt]sx?$/i;
/** What only tests, and what helps them, take their words from; a browser's runner drives browsers for others too. */
const testFrameworks = new Set(['vitest', '@jest/globals', 'node:test', 'mocha', 'chai', 'supertest', 'bun:test']);
const mentionsFramework = new RegExp(`['"](?:${[...testFrameworks].join('|')})['"]`);

export interface FactOptions {
  /** From the command line; wins over the configuration. */
  runtime?: 'auto' | RuntimeProfile;
  instrumentations?: Instrumentations;
  strict?: boolean;
  /** Rules that are reported under `--strict` only run too: whoever asks picks among the rules. */
  everyRule?: boolean;
}

export class Facts {
  readonly #ts: Ts;
  readonly #packages: Packages;
  readonly #modules: Modules;
  readonly #options: FactOptions;
  readonly #source: CoverageSource | undefined;
  readonly #integrations = new Integrations();
  readonly #destinations = new WeakMap<Config, (url: string) => boolean>();

  constructor(ts: Ts, packages: Packages, modules: Modules, options: FactOptions = {}, source?: CoverageSource) {
    this.#ts = ts;
    this.#packages = packages;
    this.#modules = modules;
    this.#options = options;
    this.#source = source;
  }

  of({ path, text }: Pick<SourceText, 'path' | 'text'>, config: Config): FileFacts {
    const pkg = this.#packages.packageOf(path);
    const settings = configFor(config, path);
    const runtime = runtimeOf({
      path, text, pkg,
      configured: this.#options.runtime !== undefined && this.#options.runtime !== 'auto' ? this.#options.runtime : settings.runtime,
      tsconfigLib: () => this.#modules.tsconfigs.of(path)?.lib,
    });
    const instrumentations = this.#options.instrumentations ?? settings.instrumentations;
    let coverage: Coverage | undefined;
    const known = (): Coverage | undefined => coverage ??= pkg && packageCoverage(this.#ts, pkg, { instrumentations }, this.#packages, this.#source);
    const place = placeIn(pkg, path);
    const isOwnName = (name: string): boolean => [...namesOf(pkg)].some((own) => isTelling(own) && name.toLowerCase().replace(/[^a-z\d]/g, '').includes(own.replace(/[^a-z\d]/g, '')));
    const versionOf = (library: string): string | undefined => pkg && this.#packages.versionOf(pkg, library);
    return {
      runtime: runtime.profile,
      runtimeWhy: runtime.why,
      traced: runtime.traced || this.#options.strict === true,
      place,
      isTest: isTestPath(place) || testSupport.test(place) || usesTestFramework(text),
      strict: this.#options.strict ?? false,
      reports: (boundary) => {
        const { rule, strictOnly } = boundary;
        const set = (settings.rules as Record<string, string | undefined>)[rule];
        if (boundary.agent && !agentFacts(pkg, this.#packages, this.#source).owesSpans(boundary, this.#options.strict ?? false)) return false;
        return !strictOnly || this.#options.strict === true || this.#options.everyRule === true || (set !== undefined && set !== 'off');
      },
      covering: (cover) => coveringOf(cover, instrumentations === 'none' ? undefined : known(), { runtime: runtime.profile, versionOf, named: Array.isArray(instrumentations) ? instrumentations : [] }),
      versionOf,
      dependsOn: (library) => pkg?.dependencies.has(library) ?? false,
      satisfies,
      sensitive: settings.sensitive,
      isOwnDestination: this.#ownDestinations(config),
      isOwnHost: (host) => isCalledAfter(namesOf(pkg), host),
      isOwnName,
      isIntegration: () => this.#integrations.has(path, topOf(pkg)?.dir ?? path, isOwnName),
      agents: () => agentFacts(pkg, this.#packages, this.#source),
    };
  }

  /** Whether a tracer is set up in the package of a file. */
  tracer(path: string, config: Config): boolean {
    const pkg = this.#packages.packageOf(path);
    return pkg !== undefined && packageCoverage(this.#ts, pkg, { instrumentations: config.instrumentations }, this.#packages, this.#source).tracer;
  }

  #ownDestinations(config: Config): (url: string) => boolean {
    let test = this.#destinations.get(config);
    if (!test) {
      const hosts = config.destinations.length > 0 ? globMatcher(config.destinations) : () => false;
      test = (url) => hosts(/^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url) || hosts(url);
      this.#destinations.set(config, test);
    }
    return test;
  }
}

/** Whether a file takes its tests' words from a framework, or a framework's server client: helpers of tests, wherever they lie. */
function usesTestFramework(text: string): boolean {
  return mentionsFramework.test(text) && [...scan(text).imports].some((specifier) => testFrameworks.has(specifier));
}

/** `api.acme.com`; where everybody may put something, `acme-api.fly.dev` too. */
function isCalledAfter(names: ReadonlySet<string>, host: string): boolean {
  const labels = host.toLowerCase().split('.');
  const label = labels.at(-2) ?? '';
  // `useacme.com` of `acme`
  const bare = label.replace(/^(use|get|try|join)-?/, '');
  if (names.has(label) || (isTelling(bare) && names.has(bare))) return true;
  return hosting.test(host) && [...names].some((name) => isTelling(name) && (labels[0] === name || `-${labels[0]}-`.includes(`-${name}-`)));
}

/** Names that any project's package may have say nothing of whose a host is. */
function isTelling(name: string): boolean {
  return name.length > 3 && !/^(api|apps?|web(app|site)?|server|client|backend|frontend|services?|core|common|shared|demo|examples?|samples?|monorepo|repo|root|workspace|project|packages?|main|test|agents?|sdk|internal|docs)$/.test(name);
}

/** What a package and those above it are called by: the scope, or the whole name, and what their repository is called. */
function namesOf(pkg: Package | undefined): Set<string> {
  const names = new Set<string>();
  for (let at = pkg; at; at = at.parent) {
    const name = at.manifest.name ?? '';
    // `@trigger.dev/sdk` is called after a host itself.
    names.add((name.startsWith('@') ? name.slice(1).split('/')[0]!.replace(/\.[a-z]+$/i, '') : name).toLowerCase());
    const { repository } = at.manifest;
    const address = typeof repository === 'string' ? repository : (repository as { url?: unknown } | undefined)?.url;
    const [, owner, repo] = (typeof address === 'string' && /([\w.-]+)\/([\w-]+)(?:\.git)?$/.exec(address)) || [];
    for (const each of [owner, repo]) if (each !== undefined && isTelling(each.toLowerCase())) names.add(each.toLowerCase());
  }
  names.delete('');
  return names;
}

/** The path of a file as seen from the topmost package above it. */
function placeIn(pkg: Package | undefined, file: string): string {
  const top = topOf(pkg);
  return top ? relativePath(top.dir, file) : file.split(/[\\/]/).at(-1)!;
}

function topOf(pkg: Package | undefined): Package | undefined {
  let top = pkg;
  while (top?.parent) top = top.parent;
  return top;
}

/** What one entry of `coveredBy` comes to in a file: on or not, and why not where it looks as if it were. */
function coveringOf(cover: Cover, coverage: Coverage | undefined, { runtime, versionOf, named }: { runtime: RuntimeProfile; versionOf(name: string): string | undefined; named: readonly string[] }): Covering {
  const { package: name, versions, twice } = cover;
  const all: readonly Registration[] = coverage?.of(name) ?? named.filter((each) => each === name).map((each) => ({ name: each, evidence: 'configured' }));
  if (!runsIn(name, runtime)) return all.length === 0 ? {} : { why: `\`${name}\` is ${placeOf(all[0]!)}, but does nothing in ${runtime === 'node' ? 'Node' : 'a page'}` };
  const carrying = all.filter((each) => each.idle === undefined);
  const [first] = carrying;
  if (first === undefined) {
    if (all[0] !== undefined) return { why: `\`${all[0].agent ?? name}\` is ${placeOf(all[0])}, but ${all[0].idle}` };
    const dependency = coverage?.declared.get(name);
    return dependency === undefined ? {} : { why: `\`${dependency}\` is a dependency, but nothing in this repository registers it`, unregistered: dependency };
  }
  const own = carrying.filter((each) => each.agent === undefined);
  // An agent does the work its own way, whatever the version of the instrumentation is.
  const version = own.length === carrying.length ? versionOf(name) : undefined;
  if (version !== undefined && versions !== undefined && !satisfies(version, versions)) {
    return { why: `\`${name}\` ${version} is ${placeOf(first)}, but carries nothing: it does so in ${versions}` };
  }
  const certain = own.length > 0 && own.every((each) => each.partly === undefined);
  const breaks = certain && twice !== false && (twice === undefined || version === undefined || satisfies(version, twice));
  return { by: `${first.agent ?? name} (${placeOf(first)})`, breaksTwice: breaks };
}

/** `registered in src/tracing.ts` */
function placeOf({ evidence }: { evidence: string }): string {
  if (evidence === 'configured') return 'named in the configuration';
  return `registered in ${/^(.*?):\d+: /.exec(evidence)?.[1] ?? evidence}`;
}
