/** Every rule, as in DESIGN.md section 6. */
export const ruleNames = [
  'no-unbound-callback',
  'no-dark-thread',
  'no-dark-queue',
  'no-dark-request',
  'no-dark-tool-call',
  'no-double-inject',
  'no-silent-carrier',
  'no-leaked-context',
  'no-new-root',
  'prefer-span-link',
  'require-agent-span',
  'no-sensitive-attributes',
  'no-sensitive-baggage',
  'no-custom-gen-ai-attributes',
  'require-span-end',
  'no-inactive-parent',
] as const;

export type RuleName = (typeof ruleNames)[number];
