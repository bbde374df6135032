/** A carrier that is written by hand where an instrumentation adds one as well. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-double-inject',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow a trace carrier by hand where an instrumentation sends one as well',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-double-inject', option),
});
