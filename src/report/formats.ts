/** What every format of `check` is given; the formats themselves are the files beside this one: index.ts. */
import type { CheckReport } from '../types.ts';

export interface FormatOptions {
  colour: boolean;
  /** The run failed: an empty list then means nothing, and no format may make it look clean. */
  failed: boolean;
  /** The terminal's width, to wrap to; without it nothing is wrapped. */
  columns?: number;
  /** What repairs these findings. */
  fixCommand: string;
  /** The working directory as its repository names it (`packages/a`): code hosts want paths from the repository's root. Default: the root itself. */
  prefix?: string;
  /** Where a code host shows a file of this commit: what comes before its encoded path. */
  sourceUrl?: string;
  /** What a baseline kept out of the report, and its entries that nothing matches any more. */
  baseline?: { file: string; known: number; stale: number };
  /** The git ref since which files count as changed, where the report is narrowed to them. */
  since?: string;
}

export type Formatter = (report: CheckReport, options: FormatOptions) => string;
