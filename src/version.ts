/** This package's version, as package.json says. */
import { createRequire } from 'node:module';

export const { version } = createRequire(import.meta.url)('otel-handoff/package.json') as { version: string };
