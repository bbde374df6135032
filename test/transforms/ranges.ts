/** Whether repairs stay with what they are about: edits outside of it, as `path: text`. */
import type ts from 'typescript';
import { handlerOf } from '../../src/analysis/handoffs.ts';
import type { Judged } from '../../src/analysis/judge.ts';
import type { SourceText } from '../../src/analysis/source.ts';
import { RepairSession } from '../../src/fix/session.ts';
import { madeBy } from '../../src/analysis/taken.ts';
import { analyse, compiler } from '../../src/run/analyse.ts';
import type { Options } from './harness.ts';

interface Range {
  path: string;
  start: number;
  end: number;
}

/** Imports, the helper module and package.json are not among a unit's own edits: they are what follows from them. */
export function outsideOfReports(root: string, options: Options): string[] {
  const { project, cwd, config } = analyse({ ...options, cwd: root, assumeTraced: true }, { kept: false });
  const { relation, prefer } = options;
  const session = new RepairSession(compiler, project, { cwd, config, relation: relation === 'parent' ? 'child' : relation, prefer });
  const { origins } = project.engine;
  return session.units.flatMap((unit) => {
    const ranges = unit.sites.flatMap((site) => rangesOf(site));
    return unit.edits
      .filter((edit) => !ranges.some(({ path, start, end }) => path === edit.file && start <= edit.start && edit.end <= end))
      // The message's type may be declared anywhere.
      .filter((edit) => !(edit.start === edit.end && /_otel\?: Record<string, string>/.test(edit.text)))
      .map((edit) => `${edit.file.slice(root.length + 1)}: ${JSON.stringify(edit.text)}`);
  });

  function rangesOf(site: Judged): Range[] {
    const { node, source, far } = site;
    // A worker's file that is reported at its import is mended where it starts.
    const own = compiler.isDecorator(node.parent) ? node.parent.parent : compiler.isImportSpecifier(node) ? source.ast : node;
    const handler = handlerOf(site);
    const target = handler && !compiler.isSpreadElement(handler) ? origins.functionOf(handler, source) : undefined;
    const made = madeBy(compiler, origins, site);
    // What a check of spans found, and what is carried twice, is mended in the function around it.
    const around = site.spot || site.twice ? site.enclosing ?? source.ast : undefined;
    const unused = site.twice ? source.ast.statements.filter((each) => compiler.isImportDeclaration(each)) : [];
    return [
      rangeOf(own, source), ...(handler ? [rangeOf(handler, source)] : []), ...(target ? [rangeOf(target.fn, target.source)] : []),
      ...(made ? [rangeOf(made.node, made.source)] : []), ...(around ? [rangeOf(around, source)] : []), ...(far ? [rangeOf(far.ast, far)] : []),
      ...unused.map((each) => ({ ...rangeOf(each, source), end: each.end + 2 })),
    ];
  }
}

function rangeOf(node: ts.Node, source: SourceText): Range {
  return { path: source.path, start: node.getStart(source.ast), end: node.end };
}
