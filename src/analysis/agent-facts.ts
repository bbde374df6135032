/** What the engine is told of a file's package where agents run: src/project/agent-facts.ts finds it out. */
export interface AgentFacts {
  /** Whether the package has OpenTelemetry at hand: else nobody asks it for spans. */
  makesSpans: boolean;
  /** Whether a module is of a package of this very repository. */
  isMadeHere(module: string): boolean;
  /** A dependency that makes spans for a framework's agents. */
  tracerOfAgents(module: string): string | undefined;
  /** Whether one of the words stands in a source, environment or start file of the package, or of one of the workspace that it uses. */
  mentions(words: readonly string[]): boolean;
}
