/** Timers, microtasks and registries that run a callback in a lost or somebody else's context. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-unbound-callback',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow callbacks that will run in a lost or wrong trace context',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-unbound-callback', option),
});
