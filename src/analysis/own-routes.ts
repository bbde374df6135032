/** Routes that are files: what a program serves by where it puts them. */
import { dirname, join } from 'node:path';
import type { Neighbours } from './source.ts';

/** https://nextjs.org/docs/app/api-reference/file-conventions/route https://svelte.dev/docs/kit/routing#server */
const homes = [['app', '/route'], ['src/app', '/route'], ['pages', ''], ['src/pages', ''], ['src/routes', '/+server']] as const;

/** Whether a file above the one that asks answers exactly that path: `app/api/orders/route.ts` of `/api/orders`. */
export function isServedHere(neighbours: Neighbours | undefined, from: string, path: string): boolean {
  const route = path.replace(/[?#].*$/, '').replace(/^[^/]*/, '').replace(/\/$/, '');
  if (!neighbours || !/^(\/[\w.-]+){2,}$/.test(route)) return false;
  let folder = dirname(from);
  for (let depth = 0; depth < 12 && dirname(folder) !== folder; depth++, folder = dirname(folder)) {
    const at = join(folder, 'asks.ts');
    if (homes.some(([home, file]) => neighbours.resolve(at, `./${home}${route}${file}`) !== undefined)) return true;
  }
  return false;
}
