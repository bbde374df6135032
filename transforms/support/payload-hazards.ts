/** Why a carrier must not go into a message: somebody hashes it, signs it, tells doubles by it, or takes no more than its schema names. */
import type ts from 'typescript';
import { handlerOf } from '../../src/analysis/handoffs.ts';
import type { Judged } from '../../src/analysis/judge.ts';
import type { SourceText } from '../../src/analysis/source.ts';
import { contains, isFunctionNode, memberName, propertyName, unwrap, walk, type FunctionNode } from '../../src/analysis/syntax.ts';
import { declaredType, type TypeAt } from './payload-type.ts';
import type { RepairTools } from './strategy.ts';

/** Of the side that sends `payload`. */
export function sentHazard(site: Judged, payload: ts.Expression, types: readonly TypeAt[], tools: RepairTools): string | undefined {
  const { ts } = tools;
  const node = unwrap(ts, payload);
  const texts = new Set([node.getText(site.source.ast)]);
  const around = site.enclosing && 'body' in site.enclosing && site.enclosing.body ? site.enclosing.body : site.source.ast;
  return hazardIn(around, texts, site.source, tools, 0) ?? typed(types, tools);
}

/** Of the side that takes it: what the handler does with the whole message, which stands at `path` of its parameter. */
export function receivedHazard(site: Judged, parameter: number, path: readonly string[], types: readonly TypeAt[], tools: RepairTools): string | undefined {
  const { ts, origins } = tools;
  const callback = handlerOf(site);
  const node = callback && unwrap(ts, callback);
  const target = !node ? undefined : isFunctionNode(ts, node) ? { fn: node, source: site.source } : origins.functionOf(callback, site.source);
  return (target && inFunction(target.fn, parameter, path, target.source, tools, 0)) ?? typed(types, tools);
}

function inFunction(fn: FunctionNode, parameter: number, path: readonly string[], source: SourceText, tools: RepairTools, depth: number): string | undefined {
  const { ts } = tools;
  const given = fn.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this'))[parameter];
  if (!given || !fn.body) return undefined;
  const texts = new Set<string>();
  const pieces = path.map((piece) => piece.replace(/^\?/, ''));
  if (ts.isIdentifier(given.name)) texts.add([given.name.text, ...pieces].join('.'));
  else if (pieces.length === 1 && ts.isObjectBindingPattern(given.name)) {
    for (const part of given.name.elements) if (ts.isIdentifier(part.name) && (part.propertyName ?? part.name).getText(source.ast) === pieces[0]) texts.add(part.name.text);
  }
  // `const { data } = job`, `const mail = job.data`
  walk(ts, fn.body, (each) => {
    if (!ts.isVariableDeclaration(each) || !each.initializer) return;
    const from = unwrap(ts, each.initializer).getText(source.ast);
    if (ts.isIdentifier(each.name) && texts.has(from)) texts.add(each.name.text);
    if (ts.isObjectBindingPattern(each.name) && pieces.length === 1 && ts.isIdentifier(given.name) && from === given.name.text) {
      for (const part of each.name.elements) if (ts.isIdentifier(part.name) && (part.propertyName ?? part.name).getText(source.ast) === pieces[0]) texts.add(part.name.text);
    }
  });
  return texts.size > 0 ? hazardIn(fn.body, texts, source, tools, depth) : undefined;
}

const hashes = /^(hash|hmac|sign|verify|digest|checksum|fingerprint|md5|sha\d+|etag)([A-Z_]\w*)?$|(Hash|Hmac|Signature|Digest|Checksum|Fingerprint|Etag)$|^(hash_sum|object_?hash)$/;
const signals = /^sign(In|Up|Out|al)/;
const doubles = /^(de_?dup\w*|is_?duplicate\w*|already(Seen|Processed)\w*|(make|get|create)?Idempotency_?Key\w*|unique_?key\w*)$/i;
const validators = /^(parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|assert|is|check|decode|cast|ensure)$/;
const makers = /\bcreate(Hash|Hmac|Sign|Verify)\b/;

/** What is done with the whole of the message, under one of these texts, here and in the functions that are given it. */
function hazardIn(root: ts.Node, texts: ReadonlySet<string>, source: SourceText, tools: RepairTools, depth: number): string | undefined {
  const { ts, origins } = tools;
  const isWhole = (node: ts.Expression): boolean => {
    const inner = unwrap(ts, node);
    if (texts.has(inner.getText(source.ast))) return true;
    return ts.isCallExpression(inner) && /(^|\.)(stringify|from|encode|canonicalize|serialize)$/i.test(inner.expression.getText(source.ast)) && inner.arguments.some(isWhole);
  };
  let found: string | undefined;
  walk(ts, root, (call) => {
    if (found) return false;
    if (!ts.isCallExpression(call)) return undefined;
    const at = call.arguments.findIndex(isWhole);
    if (at < 0) return undefined;
    const callee = unwrap(ts, call.expression);
    const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee) ?? '';
    if ((hashes.test(name) && !signals.test(name)) || (name === 'update' && makers.test(callee.getText(source.ast)))) found = 'the message is hashed or signed: a carrier in it would change what comes of that';
    else if (doubles.test(name)) found = 'doubles are told by what is in the message: with a carrier in it no two would be the same';
    else if ((validators.test(name) || ts.isIdentifier(callee)) && isStrict(callee, source, tools)) found = 'the message is validated by a strict schema, which takes nothing that it does not name';
    else if (depth < 2) {
      const target = origins.functionOf(call.expression, source);
      found = target && !ts.isFunctionLike(unwrap(ts, call.expression)) ? inFunction(target.fn, at, [], target.source, tools, depth + 1) : undefined;
    }
    return undefined;
  });
  return found;
}

/** `mail.parse`, `validate = ajv.compile(schema)`: whether the schema behind it refuses what it does not name. */
function isStrict(callee: ts.Expression, source: SourceText, tools: RepairTools): boolean {
  const { ts, origins } = tools;
  const holder = ts.isPropertyAccessExpression(callee) ? unwrap(ts, callee.expression) : callee;
  const value = ts.isIdentifier(holder) ? origins.values.initializer(holder, source) : { node: holder, source };
  return value !== undefined && isStrictSchema(value.node, value.source, tools);
}

function isStrictSchema(schema: ts.Node, source: SourceText, tools: RepairTools, depth = 0): boolean {
  const { ts, origins } = tools;
  return contains(ts, schema, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(ts, node.expression);
      const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee) ?? '';
      if (name === 'strictObject' || (name === 'noUnknown' && node.arguments[0]?.kind !== ts.SyntaxKind.FalseKeyword)) return true;
      if (name === 'strict' && ts.isPropertyAccessExpression(callee)) return true;
      if ((name === 'object' || name === 'keys') && /^joi\b/i.test(callee.getText(source.ast)) && !/\.unknown\(/.test(schema.getText(source.ast))) return true;
    }
    if (ts.isPropertyAssignment(node) && propertyName(ts, node.name) === 'additionalProperties' && node.initializer.kind === ts.SyntaxKind.FalseKeyword) return true;
    // `ajv.compile(mailSchema)`, `mail.extend(…)`
    if (depth > 2 || !ts.isIdentifier(node) || node === schema || (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) return false;
    const value = origins.values.initializer(node, source);
    return value !== undefined && value.node !== schema && isStrictSchema(value.node, value.source, tools, depth + 1);
  });
}

/** `type Mail = z.infer<typeof mail>`: what the schema says, its type says. */
function typed(types: readonly TypeAt[], tools: RepairTools): string | undefined {
  const { ts, origins } = tools;
  for (const { type, source } of types) {
    const declared = declaredType(type, source, tools);
    const written = declared && ts.isTypeAliasDeclaration(declared.node) ? { type: declared.node.type, source: declared.source } : { type, source };
    const [query] = ts.isTypeReferenceNode(written.type) && /(^|\.)(infer|input|output|Infer\w*|Static|TypeOf)$/.test(written.type.typeName.getText(written.source.ast)) ? written.type.typeArguments ?? [] : [];
    const schema = query && ts.isTypeQueryNode(query) && ts.isIdentifier(query.exprName) ? origins.values.initializer(query.exprName, written.source) : undefined;
    if (schema && isStrictSchema(schema.node, schema.source, tools)) return 'the message\'s type is that of a strict schema, which takes nothing that it does not name';
  }
  return undefined;
}
