/** What is known of a file's package where agents run: whether anybody makes spans there, and who else does it for agents. */
import path from 'node:path';
import type { AgentFacts } from '../analysis/agent-facts.ts';
import { agentTracers } from '../catalogue/agent-tracers.ts';
import { onDisk, operationsFiles, workspaceClosure, type CoverageSource } from './coverage.ts';
import { tracerDependencies } from './distributions.ts';
import { packageName } from './libraries.ts';
import type { Package, Packages } from './packages.ts';
import { readText } from './paths.ts';

const known = new WeakMap<Packages, Map<string, boolean>>();

export function agentFacts(pkg: Package | undefined, packages: Packages, source: CoverageSource | undefined): AgentFacts {
  if (!pkg) return { makesSpans: true, isMadeHere: () => false, tracerOfAgents: () => undefined, mentions: () => false };
  let dependencies: string[] | undefined;
  const all = (): string[] => dependencies ??= [...new Set(workspaceClosure(pkg, packages).flatMap((each) => [...each.dependencies.keys()]))];
  return {
    get makesSpans() {
      return all().some((name) => name.startsWith('@opentelemetry/') || name === '@vercel/otel' || tracerDependencies.includes(name));
    },
    isMadeHere: (module) => pkg.manifest.name === packageName(module) || packages.workspaceByName(packageName(module), path.join(pkg.dir, 'package.json')) !== undefined,
    tracerOfAgents: (module) => all().find((name) => agentTracers.some((each) => each.package.test(name) && (each.covers.includes('*') || each.covers.includes(packageName(module))))),
    mentions: (words) => {
      let memory = known.get(packages);
      if (!memory) known.set(packages, memory = new Map<string, boolean>());
      const key = `${pkg.dir}\0${words.join('\0')}`;
      let found = memory.get(key);
      if (found === undefined) memory.set(key, found = workspaceClosure(pkg, packages).some((each) => mentionsIn(each, words, source ?? onDisk(packages))));
      return found;
    },
  };
}

function mentionsIn(pkg: Package, words: readonly string[], source: CoverageSource): boolean {
  return [...source.filesOf(pkg), ...operationsFiles(pkg, true)].some((file) => {
    const text = readText(file);
    return text !== undefined && words.some((word) => text.includes(word));
  });
}
