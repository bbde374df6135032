/** What the place of a request says of an address that little else vouches for, and what says more than the place. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isField, lastName, valuesOfField } from './address-parts.ts';
import { parameterBehind } from './callers.ts';
import { enclosingClass } from './declarations.ts';
import type { Destination } from './destination.ts';
import { configuration, foreign, foreignClient, foreignFolder, foreignHolder, foreignPackage, mixedFolder, modelServer, ownClient, vendor } from './destination-words.ts';
import type { Address } from './request.ts';
import { memberName, unwrap } from './syntax.ts';

/** A member that is called as a variable of the environment is. */
const settingName = /^[A-Z][A-Z\d_]*$/;

/** Whether the place of a request says that an address of which only a name is known is the project's own: its own client. */
export function isOwnPlace(ts: Ts, node: ts.Node, path: string, isOwnName: (name: string) => boolean): boolean {
  return ownClient.test(path) || isOwnName(`${path.split('/').at(-1)!} ${enclosingClass(ts, node)?.name?.text ?? ''}`);
}

/** Whether the place of a request says that its address, which little else vouches for, is somebody else's. */
export function isForeignPlace(ts: Ts, node: ts.Node, path: string, { trust, bare }: Destination): boolean {
  if (foreignFolder.test(path) || foreignPackage.test(path) || ((trust === 'own' || bare) && mixedFolder.test(path))) return true;
  const name = `${path.split('/').at(-1)!} ${enclosingClass(ts, node)?.name?.text ?? ''}`;
  return foreignClient.test(name) || modelServer.test(name);
}

/** Whether an address is a setting of something else than what the folder is called after. */
export function isSettingOfOther(ts: Ts, { head, source }: Address, place: string): boolean {
  const written = head && unwrap(ts, head);
  if (!written) return false;
  const first = ts.isTemplateExpression(written) && written.head.text === '' ? unwrap(ts, written.templateSpans[0]!.expression) : written;
  const held = isField(ts, first) ? valuesOfField(ts, first, source)?.node : undefined;
  const value = held ? unwrap(ts, held) : first;
  return isCalledElse(ts, value, place) || (isListening(ts, value) && !foreignFolder.test(place) && !foreignPackage.test(place) && !modelServer.test(place));
}

/** `converterConfig.API_URL`, where no folder or file is called a converter. */
function isCalledElse(ts: Ts, node: ts.Expression, place: string): boolean {
  if (!settingName.test(memberName(ts, node) ?? '')) return false;
  const holder = lastName(ts, (node as ts.PropertyAccessExpression).expression);
  const subject = /^(\w{3,})_?(config|settings|env)$/i.exec(holder)?.[1];
  if (subject === undefined || configuration.test(holder) || foreignHolder.test(holder) || [foreign, vendor, modelServer].some((word) => word.test(holder))) return false;
  return !squashed(place).includes(squashed(subject));
}

/** `http://${config.HOST}:${config.PORT}`: a service that whoever runs the program runs too. */
function isListening(ts: Ts, node: ts.Expression): boolean {
  if (!ts.isTemplateExpression(node) || node.head.text !== 'http://' || node.templateSpans[0]!.literal.text !== ':') return false;
  return node.templateSpans.slice(0, 2).every(({ expression }) => {
    const part = unwrap(ts, expression);
    return ts.isPropertyAccessExpression(part) && settingName.test(part.name.text) && configuration.test(lastName(ts, part.expression)) && parameterBehind(ts, part) === undefined;
  });
}

function squashed(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}
