import type { Span } from './tree.mjs';

export function findRedis(url?: string): Promise<string | undefined>;
export function runAgents(
  folder: string,
  options: { spansFile: string; redisUrl?: string },
): Promise<{ answer: string; report?: string; spans: Span[] }>;
export function runDesk(folder: string, options: { spansFile: string }): Promise<{ answer: string; spans: Span[] }>;
