/** Own names under gen_ai and mcp. */
import { createRule, messages, reportHandoffs, sensitiveOptions, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-custom-gen-ai-attributes',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow own attributes in the namespaces of the GenAI and MCP conventions',
      recommended: 'warn',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema: sensitiveOptions,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-custom-gen-ai-attributes', option),
});
