/** Paths as code hosts want them. */
import { posix } from 'node:path';

/** From the repository's root, with `/`; what lies outside of the repository keeps its `..`. */
export function fromRoot(path: string, prefix = ''): string {
  return isAbsolute(path) ? path : posix.join(prefix, path);
}

/**
 * A reference as RFC 3986 has it: every character of a file's name that means something in an address is encoded
 * (`a b#1.ts` → `a%20b%231.ts`); half of a surrogate pair, which no encoding has, becomes U+FFFD.
 * A path with a drive, or from the filesystem's root, is a `file:` address.
 */
export function uriOf(path: string): string {
  const encoded = path.split('/').map((part) => encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, '\ufffd'))).join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${path.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}
