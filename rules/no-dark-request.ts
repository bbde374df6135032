/** Requests built by hand, and the handlers that they reach. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-dark-request',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow hand-built requests, and handlers that they reach, without trace context',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-dark-request', option),
});
