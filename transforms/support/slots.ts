/** Which slot the installed version has, and which helper writes it. */
import type ts from 'typescript';
import type { Judged } from '../../src/analysis/judge.ts';
import { property, unwrap } from '../../src/analysis/syntax.ts';
import { madeBy } from '../../src/analysis/taken.ts';
import type { Slot } from '../../src/catalogue/schema.ts';
import type { Ts } from '../../src/types.ts';
import type { RepairTools } from './strategy.ts';

/** The first slot of this kind in the version that is in use. */
export function slotOf({ boundary, facts }: Judged, isKind: (slot: Slot) => boolean): Slot | undefined {
  const version = boundary.package === undefined ? undefined : facts.versionOf(boundary.package);
  return boundary.slots.find((slot) => isKind(slot) && (slot.versions === undefined || version === undefined || facts.satisfies(version, slot.versions)));
}

/** BullMQ moved its metadata in 5.34: see the entry's `slots`. */
export function slotHelper(site: Judged): 'carryJob' | 'carryJobLegacy' {
  return slotOf(site, () => true)?.path[0] === 'telemetryMetadata' ? 'carryJobLegacy' : 'carryJob';
}

/** Whether what the call is made on was made with an option of this value, as far as that is in sight. */
export function isGiven({ ts, origins }: RepairTools, site: Judged, { option, value }: NonNullable<Slot['given']>): boolean {
  const built = madeBy(ts, origins, site);
  return built?.node.arguments?.some((argument) => {
    const node = unwrap(ts, argument);
    const held = ts.isIdentifier(node) ? origins.values.initializer(node, built.source)?.node : node;
    const object = held && unwrap(ts, held);
    const given = object && ts.isObjectLiteralExpression(object) ? property(ts, object, option) : undefined;
    return given !== undefined && ts.isPropertyAssignment(given) && unwrap(ts, given.initializer).getText() === String(value);
  }) ?? false;
}

/** The module that an export may be imported from: one that the file imports, or the one that the receiver is of. */
export function moduleThatHas(ts: Ts, { source, receiver }: Judged, modules: readonly string[]): string | undefined {
  const imported = source.ast.statements.flatMap((statement): ts.Expression[] =>
    ts.isImportDeclaration(statement) ? [statement.moduleSpecifier]
      : ts.isVariableStatement(statement) ? statement.declarationList.declarations.flatMap(({ initializer }) => initializer && ts.isCallExpression(initializer) && initializer.expression.getText() === 'require' ? [...initializer.arguments] : [])
        : []).flatMap((node) => ts.isStringLiteralLike(node) ? [node.text] : []);
  const known = receiver?.kind === 'library' ? [...imported, receiver.module] : imported;
  return known.find((module) => modules.includes(module));
}
