/**
 * Names that products which show model traces read, whatever the conventions say: an attribute that is called something else
 * is nothing to them.
 * https://github.com/langfuse/langfuse (OtelIngestionProcessor: all below `gen_ai.usage`, `gen_ai.prompt`, `gen_ai.completion`)
 * https://github.com/traceloop/openllmetry (`gen_ai.prompt.0.role`)
 */
export const readByProducts = /^gen_ai\.(usage|prompt|completion)\b/;
