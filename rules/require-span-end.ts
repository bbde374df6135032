/** Spans that some way leaves open, and the end of spans that are somebody else's. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'require-span-end',
  meta: {
    type: 'problem',
    docs: {
      description: 'require that a span is ended on every way, and by whoever started it',
      recommended: 'strict',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'require-span-end', option),
});
