/** Tool servers and remote agents: both sides of a call. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-dark-tool-call',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow calls of tool servers and remote agents, and tool handlers that they reach, without trace context',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-dark-tool-call', option),
});
