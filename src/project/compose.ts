/** The services of a compose file, as far as telling whose environment is whose needs: by lines and indents, no YAML. */
import path from 'node:path';

export interface Service {
  name: string;
  /** Its lines, after as many empty ones as stand above it in the file. */
  text: string;
}

export function isCompose(file: string): boolean {
  return /^(?:docker-)?compose.*\.ya?ml$/i.test(path.basename(file));
}

/** The services that build a folder or are called like it; `folder` is relative to the compose file, with `/`. */
export function composeServices(text: string, folder: string): Service[] {
  const base = path.posix.basename(folder);
  const built = new RegExp(String.raw`(?:build|context|dockerfile|working_dir|env_file)\s*:\s*["']?(?:\.?/)*${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=["'/\s]|$)`, 'm');
  return servicesOf(text).filter((service) => service.name === base || built.test(service.text));
}

function servicesOf(text: string): Service[] {
  const services: Service[] = [];
  const lines = text.split(/\r?\n/);
  let indent: string | undefined;
  let inside = false;
  for (const [index, line] of lines.entries()) {
    if (/^\S/.test(line) && !line.startsWith('#')) inside = /^services\s*:/.test(line);
    if (!inside) continue;
    const key = /^(\s+)["']?([\w.-]+)["']?\s*:\s*(?:#.*|&\S+)?$/.exec(line);
    if (key && (indent ??= key[1]) === key[1]) services.push({ name: key[2] as string, text: '\n'.repeat(index) });
    const last = services.at(-1);
    if (last) last.text += `${line}\n`;
  }
  return services;
}
