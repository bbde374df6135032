/** What runs an agent, a tool or a workflow, and where its parts stand. */
import { z } from 'zod';
import { argument } from './argument.ts';

export const agent = z.strictObject({
  operation: z.enum(['invoke_agent', 'execute_tool', 'invoke_workflow']),
  /**
   * `call`: the export is called. `member`: one of `match.members` is called on what the export made. `tool`: the export is
   * given the function that does a tool's work. `subclass`: a class extends the export, and does its work in `match.members`.
   * `class`: a class of the project with a name like one of `classes`; `loop`: a function that calls a model and what it asked for in turn.
   */
  as: z.enum(['call', 'member', 'tool', 'subclass', 'class', 'loop']),
  /** Names of classes, for `class`; `*` stands for any letters. */
  classes: z.array(z.string()).default([]),
  /** Members that what was made goes through before it can run: `compile` of a graph. */
  through: z.array(z.string()).optional(),
  /** Properties of the options that hold a tool's function. */
  handlers: z.array(z.string()).default([]),
  /** Or the argument that is it. */
  handlerArg: argument.optional(),
  /** The argument that is the options, of the call or of what made the receiver. */
  options: argument.default(0),
  /** Properties of those that hold the name. */
  names: z.array(z.string()).default(['name']),
  /** The argument that the call is given as the agent. */
  agentArg: argument.optional(),
  /** Options of which one must be given: without tools it is a model call, and no agent. */
  needs: z.array(z.string()).default([]),
  /** The argument that is what it is to work on; `inputs`: properties of it that are. */
  input: argument.optional(),
  inputs: z.array(z.string()).default([]),
  /** Members, or exports, whose result is a stream, and the option that makes it one. */
  streams: z.array(z.string()).default([]),
  streamOption: z.string().optional(),
  /** An option that switches its own spans on, unless its `isEnabled` is false: `experimental_telemetry`. */
  telemetry: z.array(z.string()).default([]),
  /** Words of which one stands in a file of a package that has them on. */
  telemetryWords: z.array(z.string()).default([]),
  /** Versions of the package that make spans by themselves. */
  traced: z.string().optional(),
});

export type Agent = z.infer<typeof agent>;
