/** What is known of a file's package where agents run: whether anybody makes spans there, and who else does it for agents. */
import path from 'node:path';
import type { AgentFacts } from '../analysis/agent-facts.ts';
import type { Boundary } from '../types.ts';
import { agentTracers } from '../catalogue/agent-tracers.ts';
import { onDisk, operationsFiles, workspaceClosure, type CoverageSource } from './coverage.ts';
import { tracerDependencies } from './distributions.ts';
import { packageName } from './libraries.ts';
import type { Package, Packages } from './packages.ts';
import { readText } from './paths.ts';

interface PackageFacts extends AgentFacts {
  /** Whether an agent, tool or workflow of an entry owes a span here at all. */
  owesSpans(boundary: Boundary, strict: boolean): boolean;
}

const known = new WeakMap<Packages, Map<string, PackageFacts>>();

export function agentFacts(pkg: Package | undefined, packages: Packages, source: CoverageSource | undefined): PackageFacts {
  if (!pkg) return { owesSpans: () => true, mentions: () => false };
  let all = known.get(packages);
  if (!all) known.set(packages, all = new Map<string, PackageFacts>());
  let facts = all.get(pkg.dir);
  if (!facts) all.set(pkg.dir, facts = factsOf(pkg, packages, source));
  return facts;
}

function factsOf(pkg: Package, packages: Packages, source: CoverageSource | undefined): PackageFacts {
  const dependencies = [...new Set(workspaceClosure(pkg, packages).flatMap((each) => [...each.dependencies.keys()]))];
  // Where nobody has OpenTelemetry, nobody makes spans by hand.
  const tracing = dependencies.filter((name) => name.startsWith('@opentelemetry/') || name === '@vercel/otel' || tracerDependencies.includes(name));
  const filesOf = (each: Package): readonly string[] => (source ?? onDisk(packages)).filesOf(each);
  let isOurs: boolean | undefined;
  const makesSpans = (): boolean => tracing.length > 0 && !(tracing.every((name) => name === '@opentelemetry/api') && (isOurs ??= isForRepairs(workspaceClosure(pkg, packages).flatMap(filesOf))));
  /** A framework's own repository, with its examples. */
  const isMadeHere = (library: string): boolean => pkg.manifest.name === library || packages.workspaceByName(library, path.join(pkg.dir, 'package.json')) !== undefined;
  const isTraced = (library: string): boolean => dependencies.some((name) => agentTracers.some((each) => each.package.test(name) && (each.covers.includes('*') || each.covers.includes(library))));
  const owing = new Map<Boundary, boolean>();
  const answers = new Map<string, boolean>();
  return {
    owesSpans: (boundary, strict) => {
      if (!makesSpans() && !strict) return false;
      let owes = owing.get(boundary);
      if (owes === undefined) owing.set(boundary, owes = !boundary.match.modules.map(packageName).some((library) => isMadeHere(library) || isTraced(library)));
      return owes;
    },
    mentions: (words) => {
      const key = words.join('\0');
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, answer = workspaceClosure(pkg, packages).some((each) => mentionsIn(each, words, source ?? onDisk(packages))));
      return answer;
    },
  };
}

/** Whether OpenTelemetry's API is there for a repair's helper functions alone, none of which is about agents: else a second run would find more than the first. */
function isForRepairs(files: readonly string[]): boolean {
  const texts = files.flatMap((file) => readText(file) ?? []);
  const helpers = texts.filter((text) => text.includes('@handoff-parts'));
  return helpers.length > 0 && !helpers.some((text) => text.includes('runOperation')) && !texts.some((text) => !helpers.includes(text) && /\b(?:getTracer|startSpan|startActiveSpan)\b/.test(text));
}

function mentionsIn(pkg: Package, words: readonly string[], source: CoverageSource): boolean {
  return [...source.filesOf(pkg), ...operationsFiles(pkg, true)].some((file) => {
    const text = readText(file);
    return text !== undefined && words.some((word) => text.includes(word));
  });
}
