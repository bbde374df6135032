/** What the helper is told of an agent, a tool or a workflow, as it is written into the code. */
import type ts from 'typescript';
import type { Judged } from '../../src/analysis/judge.ts';
import type { RepairTools } from './strategy.ts';
import { literal } from './text.ts';

const helpers = { invoke_agent: 'traceAgent', execute_tool: 'traceTool', invoke_workflow: 'traceWorkflow' } as const;

/** `traceAgent({ name: 'planner', input: question }, `; nothing where nobody knows what it is called. */
export function openingOf(site: Judged, { ts, helper }: RepairTools): string | undefined {
  const { boundary, source, spot } = site;
  const { name, input } = spot?.parts ?? {};
  if (!boundary.agent || !name) return undefined;
  const label = ts.isStringLiteralLike(name) ? name.text : name.getText(source.ast).replace(/^#/, '');
  const given = input && isPlain(ts, input) ? input.getText(source.ast) : undefined;
  const about = [`name: ${literal(ts, source, label)}`, ...(given === undefined ? [] : [given === 'input' ? 'input' : `input: ${given}`])];
  return `${helper(source, helpers[boundary.agent.operation])}({ ${about.join(', ')} }, `;
}

/** What can be written twice: it does nothing, and costs nothing. */
function isPlain(ts: RepairTools['ts'], node: ts.Node): boolean {
  if (ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isPropertyAccessExpression(node) && node.questionDotToken === undefined && isPlain(ts, node.expression);
}

