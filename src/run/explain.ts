/** What the engine thinks of one line of code: the finding, the refusal, or why nothing is said. */
import { RepairSession } from '../fix/session.ts';
import { isFinding } from '../analysis/engine.ts';
import { snippet } from '../analysis/messages.ts';
import type { Judged } from '../analysis/judge.ts';
import { findingsOf, handoffsOf, severityOf, unregisteredOf } from '../report/findings.ts';
import type { Boundary, Finding, Severity, ToolError, Whole } from '../types.ts';
import { resolve } from 'node:path';
import { analyse, compiler } from './analyse.ts';
import type { AnalysisOptions } from './begin.ts';

/** One handoff on the line. */
export interface Explained {
  boundary: Boundary;
  /** As it stands in the code, in short. */
  code: string;
  line: number;
  column: number;
  finding?: Finding;
  /** In order, and by what. */
  whole?: Whole;
  /** Nothing is said of it, and why. */
  silent?: string;
  severity: Severity;
}

export interface LineExplanation {
  path: string;
  handoffs: Explained[];
  /** Lines of the file on which there is a handoff. */
  elsewhere: number[];
  /** What kept the file from being looked at. */
  errors: ToolError[];
}

/** `line` is 1-based. The whole of `cwd` is looked at, so that what is said is what `check` says. */
export function explainLine(file: string, line: number, options: AnalysisOptions): LineExplanation {
  const cwd = resolve(options.cwd ?? process.cwd());
  const path = resolve(cwd, file);
  const { config, configDir, project, errors, relative } = analyse({ ...options, paths: [...new Set([...(options.paths ?? ['.']), file])] }, { kept: true });
  const { units } = new RepairSession(compiler, project, { cwd, config, configDir });
  const rows = { ts: compiler, config, units, relative, packageDir: (each: string) => project.packages.packageOf(each)?.dir ?? cwd, named: (each: string) => each === path };
  const there = project.judged.filter((site) => site.source.path === path);
  const missing = unregisteredOf(project.unregistered, { ...rows, named: () => true }).filter((row) => resolve(cwd, row.path) === path);
  const [findings, whole] = [[...findingsOf(there, rows), ...missing], handoffsOf(there, rows)];
  const at = (site: Judged): { line: number; column: number } => {
    const { line: l, character } = site.source.ast.getLineAndCharacterOfPosition(site.token.getStart(site.source.ast));
    return { line: l + 1, column: character + 1 };
  };
  const handoffs = there.filter((site) => at(site).line === line).map((site): Explained => {
    const place = at(site);
    const same = (row: { line: number; column: number; boundary: string }): boolean => row.line === place.line && row.column === place.column && row.boundary === site.boundary.id;
    const [finding, ordered] = [findings.find(same), whole.find(same)];
    return {
      boundary: site.boundary, code: snippet(compiler, site), ...place, severity: severityOf(site, config),
      ...(finding ? { finding } : ordered ? { whole: ordered } : { silent: isFinding(site) ? `the rule ${site.rule} is off` : site.by ?? 'it hands nothing over that is worth a span' }),
    };
  });
  const ids = new Map(project.engine.catalogue.boundaries.map((b) => [b.id, b]));
  for (const finding of missing.filter((row) => row.line === line)) handoffs.push({ boundary: ids.get(finding.boundary)!, code: finding.message, line, column: finding.column, finding, severity: finding.severity });
  return { path: relative(path), handoffs, elsewhere: [...new Set([...there.map((site) => at(site).line), ...missing.map((row) => row.line)])].sort((a, b) => a - b), errors: errors.filter((error) => resolve(cwd, error.path) === path) };
}
