/** Work without an end (intervals, scheduled jobs, consumers and sockets made once) begun inside a request, whose context it keeps for ever. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-leaked-context',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow recurring work that is begun inside a request and keeps its trace context',
      recommended: 'warn',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-leaked-context', option),
});
