/** What the engine is told of a file's package where agents run: src/project/agent-facts.ts finds it out. */
export interface AgentFacts {
  /** Whether one of the words stands in a source, environment or start file of the package, or of one of the workspace that it uses. */
  mentions(words: readonly string[]): boolean;
}
