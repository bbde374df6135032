/** What a name alone says of an address: whose it is, or that no trace belongs to it. */
import { bareWord, configuration, dataName, dataWhole, foreign, loopback, mountName, ownService, ownWord, privateName, probes } from './destination-words.ts';
import { untold, type Told } from './told.ts';

export function builder(name: string): Told {
  if (!/^(get|build|make|create|resolve|format|join|to|with|api|url)/i.test(name) || dataName.test(name)) return untold;
  if (says(name, ownWord)) return { trust: 'own', why: `\`${name}\` builds the address`, weak: true };
  return says(name, bareWord) || /url|uri|path/i.test(name) ? { trust: 'unknown', why: `\`${name}\` does not say whose address it builds`, bare: true } : untold;
}

/** Whether a word of a name is one of those: `api` of `apiBaseUrl`, not of `rapid`. */
export function says(name: string, word: RegExp): boolean {
  return name.split(/[_-]|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).some((each) => word.test(each));
}

/** `STRIPE_URL`, not `STRIPE_SERVICE_URL`: a service that speaks to them is one's own. */
export function isForeignName(name: string): boolean {
  return foreign.test(name) && !ownService.test(name.trim());
}

/** Whether an address names somebody else's host: a public one, written out. */
export function isForeignHost(url: string): boolean {
  const host = /^[a-z]+:\/\/([^/:*?#]+)(?=[/:?#]|$)/i.exec(url)?.[1];
  return host !== undefined && !loopback.test(host) && !privateName.test(host);
}

/** `toHubHealthUrl` and `STATUS_URL`, not `SHIPPING_ADDR`. */
export function isProbe(name: string): boolean {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).some((word) => probes.has(word.toLowerCase()));
}

/** `XQUIK_URL` and `xquik.com`: the service that a variable of the environment is called after is whoever has that host. */
export function isCalledAfter(variables: readonly string[], host: string): boolean {
  const labels = host.toLowerCase().split(/[.-]/);
  return variables.some((variable) => variable.toLowerCase().split('_').some((word) => word.length > 2 && !/^(api|url|uri|base|app|www|dev|host|server|service|public|next|web|cloud)$/.test(word) && labels.some((label) => label.startsWith(word) || label.endsWith(word) || (word.length > 3 && label.includes(word)))));
}

export function byName(inner: Told, member: string): Told {
  return inner.trust === 'unknown' ? named(member, false) ?? inner : inner;
}

export function named(name: string, ours: boolean): Told | undefined {
  if (isForeignName(name)) return { trust: 'silent', why: 'a third-party service' };
  if (mountName.test(name)) return { trust: 'silent', why: 'a relative URL' };
  if (/push|notif|subscri/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (dataName.test(name) && !/^(api|base|service|server)/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (says(name, ownWord) || configuration.test(name)) return { trust: 'own', why: `\`${name}\` is a configured address`, weak: true };
  if (!says(name, bareWord)) return dataWhole.test(name) && !ours ? { trust: 'unknown', why: `\`${name}\` is handed in`, handedIn: true } : undefined;
  if (/^[A-Z][A-Z\d_]*$/.test(name)) return { trust: 'own', why: `\`${name}\` is a setting`, weak: true };
  return { trust: 'unknown', why: `\`${name}\` does not say whose address it is`, bare: true };
}
