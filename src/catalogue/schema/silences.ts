/** What makes a use of the boundary hand nothing over, or nothing that a trace should follow. */
import { z } from 'zod';

export const silences = {
  /** Runs again and again: never bound to the context that started it. */
  recurring: z.boolean().default(false),
  /** Options that make a producer or a consumer recurring (`repeat`, `cron`): never carried, every run would join the first one's trace. */
  recurringOptions: z.array(z.string()).default([]),
  /** Members of what it gives back that make it recurring: `create('tidy').repeatEvery('1 hour')`. */
  recurringMembers: z.array(z.string()).default([]),
  /** The property of the payload that says whether a call asks for work, or only keeps the far side warm and sees whether it is there. */
  warmedBy: z.string().optional(),
  /** A message whose meaning decides: replies, heartbeats and notices hand nothing over. */
  messages: z.boolean().default(false),
  /** Of such messages, only one whose sender waits for the answer: what a worker tells its parent unasked is a notice. */
  asks: z.boolean().default(false),
  /** Of messages both ways over one connection, only one that waits for an answer or names a request is work. */
  bothWays: z.boolean().default(false),
  /**
   * Messages of it may be bare signals: one that holds nothing, or a cache to forget, hands nothing over; nor does a
   * listener take work that has fewer parameters than this, for the message is not among them.
   */
  signals: z.number().int().positive().optional(),
  /** Options of which one must be given for anything to be handed over (`workerData`); what is sent later in messages is judged there. */
  handsOver: z.array(z.string()).default([]),
  /** It opens a connection: only one that is opened for a single caller, and that no message is sent over, hands something over itself. */
  connection: z.boolean().default(false),
  /** Properties of the payload that say that nobody traced is at the other end: a `PhoneNumber`. */
  deadEnds: z.array(z.string()).default([]),
  /** Names by which a message tells where it is to be answered: what is sent to such a channel is a reply (`msg.properties.replyTo`). */
  answers: z.array(z.string()).default([]),
  /** Taken by hand: a handoff where it is done in a loop, or where what was taken is worked on in one; else somebody only looks. */
  polled: z.boolean().default(false),
};
