export interface Entry {
  repository: string;
  commit: string;
  /** Commands that install dependencies, in a folder of the repository. */
  install?: { in?: string; command: string[] }[];
  /** Runs without services, and somebody has read it. */
  test?: { in?: string; command: string[]; env?: Record<string, string> };
}

export interface Row {
  repository: string;
  commit: string;
  /** The commit of otel-handoff. */
  tool: string;
  lines: number;
  newTypeErrors: string[];
  secondRun: number;
  crashes: string[];
}

export function render(rows: readonly Row[], repositories: readonly Entry[]): string;
