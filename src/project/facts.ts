/** What is known of a file beyond its text: where it runs, what covers it, which versions it has. */
import type { FileFacts } from '../analysis/judge.ts';
import type { SourceText } from '../analysis/source.ts';
import type { RuntimeProfile, Ts } from '../types.ts';
import { configFor, type Config, type Instrumentations } from './config.ts';
import { packageCoverage, type Coverage, type CoverageSource } from './coverage.ts';
import { globMatcher } from './globs.ts';
import type { Modules } from './modules.ts';
import type { Packages } from './packages.ts';
import { runtimeOf } from './runtime.ts';
import { satisfies } from './versions.ts';

export interface FactOptions {
  /** From the command line; wins over the configuration. */
  runtime?: 'auto' | RuntimeProfile;
  instrumentations?: Instrumentations;
  strict?: boolean;
}

export class Facts {
  readonly #ts: Ts;
  readonly #packages: Packages;
  readonly #modules: Modules;
  readonly #options: FactOptions;
  readonly #source: CoverageSource | undefined;
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
      tsconfigLib: this.#modules.tsconfigs.of(path)?.lib,
    });
    const instrumentations = this.#options.instrumentations ?? settings.instrumentations;
    let coverage: Coverage | undefined;
    const known = (): Coverage | undefined => coverage ??= pkg && packageCoverage(this.#ts, pkg, { instrumentations }, this.#packages, this.#source);
    return {
      runtime: runtime.profile,
      runtimeWhy: runtime.why,
      traced: runtime.traced || this.#options.strict === true,
      strict: this.#options.strict ?? false,
      covered: (instrumentation) => instrumentations !== 'none' && (known()?.has(instrumentation) ?? (Array.isArray(instrumentations) && instrumentations.includes(instrumentation))),
      versionOf: (library) => pkg && this.#packages.versionOf(pkg, library),
      satisfies,
      isOwnDestination: this.#ownDestinations(config),
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
