/** Agents, tools and workflows that run without a span of their own. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'require-agent-span',
  meta: {
    type: 'problem',
    docs: {
      description: 'require a span of its own around every agent run, tool and workflow',
      recommended: 'warn',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'require-agent-span', option),
});
