/** Carriers that are no plain objects. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-silent-carrier',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow injecting into and extracting from carriers that do nothing without a setter or getter',
      recommended: 'error',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-silent-carrier', option),
});
