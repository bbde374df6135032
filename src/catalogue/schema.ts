/**
 * The shape of a boundary: a built-in entry and one in a user's `handoff.config.json` are the same thing.
 * Everything here is JSON-serialisable; an unknown key is an error. The fields stand in `schema/`, by what they are about;
 * in the data they are flat.
 */
import { z } from 'zod';
import { agent } from './schema/agent.ts';
import { args } from './schema/args.ts';
import { channel } from './schema/channel.ts';
import { coverage, type cover } from './schema/coverage.ts';
import { flow, type fate, type roles, type runtimeProfiles } from './schema/flow.ts';
import { identity, type families } from './schema/identity.ts';
import { match } from './schema/match.ts';
import { messages } from './schema/messages.ts';
import { pairing } from './schema/pairing.ts';
import { request } from './schema/request.ts';
import { sharing } from './schema/sharing.ts';
import { silences } from './schema/silences.ts';
import { repairing, type slot } from './schema/slots.ts';

export { families } from './schema/identity.ts';
export { roles, runtimeProfiles } from './schema/flow.ts';

export const boundarySchema = z.strictObject({
  ...identity,
  match,
  args: args.default({}),
  channel: channel.optional(),
  request: request.optional(),
  /** Of what runs an agent, a tool or a workflow (`match.use: 'check'`). */
  agent: agent.optional(),
  ...flow,
  ...pairing,
  ...silences,
  ...sharing,
  ...coverage,
  ...repairing,
  ...messages,
});

export type Boundary = z.infer<typeof boundarySchema>;
export type { Agent } from './schema/agent.ts';
export type BoundaryInput = z.input<typeof boundarySchema>;
export type Family = (typeof families)[number];
export type Role = (typeof roles)[number];
export type RuntimeProfile = (typeof runtimeProfiles)[number];
export type Cover = z.infer<typeof cover>;
export type Fate = z.infer<typeof fate>;
export type Slot = z.infer<typeof slot>;
