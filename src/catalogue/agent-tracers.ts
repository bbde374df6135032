/**
 * Packages that make spans for agents, tools and workflows once they are there, by the frameworks that they do it for (`*`: for
 * all that they know, which is too much to list). A package that has one of them as a dependency is left alone.
 */
export const agentTracers: readonly { package: RegExp; covers: readonly string[] }[] = [
  // https://github.com/traceloop/openllmetry-js
  { package: /^@traceloop\/node-server-sdk$/, covers: ['*'] },
  { package: /^@traceloop\/instrumentation-langchain$/, covers: ['@langchain/core', '@langchain/langgraph', 'langchain'] },
  { package: /^@traceloop\/instrumentation-llamaindex$/, covers: ['llamaindex'] },
  // https://github.com/Arize-ai/openinference/tree/main/js
  { package: /^@arizeai\/openinference-instrumentation-langchain(-v0)?$/, covers: ['@langchain/core', '@langchain/langgraph', 'langchain'] },
  { package: /^@arizeai\/openinference-vercel$/, covers: ['ai'] },
  { package: /^@arizeai\/openinference-(mastra|instrumentation-mastra)$/, covers: ['@mastra/core'] },
  { package: /^@arizeai\/openinference-instrumentation-(openai-agents|claude-agent-sdk|beeai)$/, covers: ['*'] },
  { package: /^@arizeai\/phoenix-otel$/, covers: ['*'] },
  // https://langfuse.com/docs/observability/sdk/typescript, https://docs.langwatch.ai, https://docs.lmnr.ai, https://docs.openlit.io,
  // https://www.braintrust.dev/docs, https://logfire.pydantic.dev/docs/integrations/javascript
  { package: /^(@langfuse\/(otel|tracing|langchain|openai)|langfuse(-langchain|-vercel)?|langwatch|@lmnr-ai\/lmnr|openlit|braintrust|@braintrust\/.*|@pydantic\/logfire-node|logfire|agentops|@respan\/.*|@keywordsai\/.*)$/, covers: ['*'] },
  // https://opentelemetry.io/ecosystem/registry/?s=langchain&language=js
  { package: /^@opentelemetry\/instrumentation-langchain$/, covers: ['@langchain/core', '@langchain/langgraph', 'langchain'] },
  // https://docs.sentry.io/platforms/javascript/guides/node/ai-agent-monitoring/
  { package: /^@sentry\/(node|nestjs|nextjs|bun|cloudflare|aws-serverless|google-cloud-serverless|remix|sveltekit|astro|nuxt)$/, covers: ['ai', '@langchain/core', '@langchain/langgraph', 'langchain'] },
  // https://docs.datadoghq.com/llm_observability/instrumentation/auto_instrumentation/?tab=nodejs
  { package: /^dd-trace$/, covers: ['ai', '@langchain/core', '@langchain/langgraph', 'langchain'] },
  // https://ai-sdk.dev/docs/ai-sdk-core/telemetry
  { package: /^@ai-sdk\/otel$/, covers: ['ai'] },
  // https://mastra.ai/docs/observability/overview
  { package: /^@mastra\/(observability|otel-bridge|otel-exporter|langfuse|langsmith|braintrust|arize|sentry|datadog|posthog|laminar)$/, covers: ['@mastra/core'] },
  // https://docs.copilotkit.ai, https://docs.smith.langchain.com: LangSmith's OpenTelemetry mode is told by its words.
];
