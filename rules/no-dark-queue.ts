/** Both sides of a job queue. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-dark-queue',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow queue producers and consumers that leave the trace context behind',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-dark-queue', option),
});
