/** How `check` prints its report, one file a format. */
import type { CheckReport } from '../types.ts';
import { json } from './json.ts';
import { stylish } from './stylish.ts';

export interface FormatOptions {
  colour: boolean;
  /** The run failed: an empty list then means nothing, and no format may make it look clean. */
  failed: boolean;
  /** The terminal's width, to wrap to; without it nothing is wrapped. */
  columns?: number;
  /** What repairs these findings. */
  fixCommand: string;
}

export type Formatter = (report: CheckReport, options: FormatOptions) => string;

export const formats = { stylish, json } as const satisfies Record<string, Formatter>;

export type Format = keyof typeof formats;
