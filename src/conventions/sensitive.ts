/**
 * What must not stand in every trace: by attributes' names, and by what variables and properties are called.
 * https://opentelemetry.io/docs/security/handling-sensitive-data/
 * https://github.com/open-telemetry/semantic-conventions-genai (content is opt-in)
 * https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 * https://ai-sdk.dev/docs/ai-sdk-core/telemetry#collected-data
 */
import { genAiContent } from './gen-ai.ts';

export const kinds = ['content', 'personal', 'payment', 'health', 'secret'] as const;
/** `content`: what people, models and tools said to each other, and bodies of requests. */
export type Kind = (typeof kinds)[number];

/** Whole attribute names; `*` stands for any text. */
export const attributeNames: Readonly<Record<Kind, readonly string[]>> = {
  content: [
    ...genAiContent, 'gen_ai.prompt.*.content', 'gen_ai.completion.*.content', 'gen_ai.completion.*.tool_calls.*.arguments', 'gen_ai.prompt.*.tool_calls.*.arguments',
    'input.value', 'output.value', 'llm.input_messages*', 'llm.output_messages*', 'llm.prompts*', 'llm.completions*', 'llm.function_call', 'llm.prompt_template.variables',
    'tool.parameters', 'retrieval.documents*', 'reranker.*_documents*', 'embedding.embeddings*', 'embedding.text',
    'ai.prompt', 'ai.prompt.messages', 'ai.prompt.tools', 'ai.response.text', 'ai.response.object', 'ai.response.toolCalls', 'ai.response.reasoning', 'ai.toolCall.args', 'ai.toolCall.result',
    'ai.value', 'ai.values', 'traceloop.entity.input', 'traceloop.entity.output', 'traceloop.prompt.template_variables',
    'langfuse.trace.input', 'langfuse.trace.output', 'langfuse.observation.input', 'langfuse.observation.output',
    'http.request.body', 'http.response.body', 'http.request.body.text', 'http.response.body.text', 'http.request.body.content', 'http.response.body.content',
  ],
  personal: ['user.email', 'user.full_name', 'user.name'],
  payment: [],
  health: [],
  secret: [
    'http.request.header.authorization', 'http.request.header.cookie', 'http.request.header.x-api-key', 'http.request.header.proxy-authorization', 'http.response.header.set-cookie',
  ],
};

/**
 * Words in turn at the end of a name: `user.email`, `cardNumber`, `TOOL_ARGS`. Plurals count, and so do words after
 * them that only say how it is written (`promptText`, `messagesJson`).
 */
export const phrases: Readonly<Record<Kind, readonly string[]>> = {
  content: [
    'prompt', 'llm completion', 'ai completion', 'chat completion', 'model completion', 'assistant completion', 'completion text', 'completion content',
    'system instruction', 'system message', 'user message', 'assistant message', 'input message', 'output message', 'chat message', 'llm message', 'prompt message', 'agent message',
    'message content', 'msg content', 'delta content', 'message text', 'message body', 'message history', 'chat history', 'chat context', 'chat ctx', 'conversation context', 'conversation history', 'chat transcript', 'call transcript', 'transcript',
    'tool args', 'tool arg', 'tool argument', 'tool input', 'tool output', 'tool result', 'tool response', 'tool param', 'tool parameter', 'tool payload',
    'tool call args', 'tool call arg', 'tool call argument', 'tool call input', 'tool call output', 'tool call result', 'tool call response', 'tool call parameter', 'tool call param',
    'function args', 'function argument', 'function call args', 'function call argument', 'function response', 'function call result',
    'llm request', 'llm response', 'llm input', 'llm output', 'llm answer', 'llm reply', 'model input', 'model output', 'model response', 'model answer', 'model reply',
    'ai response', 'ai output', 'ai input', 'ai answer', 'ai reply', 'gpt response', 'gpt output', 'claude response', 'openai response', 'anthropic response', 'gemini response',
    'agent input', 'agent output', 'agent response', 'agent answer', 'agent reply', 'agent data', 'agent query', 'agent result', 'chat response', 'chat input', 'chat output', 'chat answer',
    'assistant response', 'assistant reply', 'assistant answer', 'assistant output', 'generated text', 'generated content', 'generation output', 'generation input', 'response text', 'response content', 'reply text', 'answer text',
    'user input', 'user query', 'user question', 'user text', 'user utterance', 'user said',
    'request body', 'req body', 'response body', 'res body', 'event body', 'raw body', 'request payload', 'response payload',
  ],
  personal: [
    'email', 'e mail', 'email to', 'email from', 'mail to', 'recipient', 'email address', 'mail address', 'mailaddress', 'emailaddress', 'phone', 'phone number', 'telephone', 'mobile number', 'msisdn',
    'full name', 'fullname', 'first name', 'firstname', 'last name', 'lastname', 'surname', 'family name', 'given name', 'maiden name', 'user name', 'username', 'customer name', 'contact name', 'recipient name', 'sender name', 'employee name', 'person name', 'cardholder name', 'guest name',
    'home address', 'street address', 'postal address', 'mailing address', 'shipping address', 'billing address', 'delivery address', 'street',
    'date of birth', 'birth date', 'birthdate', 'birthday', 'dob', 'ssn', 'social security number', 'social security', 'national id', 'national insurance number', 'passport', 'passport number', 'passport no',
    'tax id', 'drivers license', 'driver license', 'driving licence', 'license plate',
  ],
  payment: [
    'card number', 'card no', 'card num', 'cardnumber', 'credit card', 'credit card number', 'debit card', 'card cvv', 'card cvc', 'cvv', 'cvc', 'cvv2', 'cvc2', 'card pin', 'card expiry', 'primary account number', 'iban', 'bank account', 'bank account number', 'account number', 'routing number', 'sort code',
  ],
  health: [
    'medical record', 'medical history', 'medical condition', 'health record', 'health condition', 'health data', 'health insurance number', 'patient name', 'patient diagnosis', 'patient note', 'patient record', 'patient data', 'diagnosis text', 'medical diagnosis', 'clinical note', 'blood type', 'prescription', 'medication', 'allergy', 'allergie', 'lab result',
  ],
  secret: [
    'password', 'passwd', 'passphrase', 'pass phrase', 'api key', 'apikey', 'secret key', 'private key', 'access key', 'encryption key', 'signing key', 'client secret', 'shared secret', 'webhook secret', 'user secret', 'app secret', 'jwt secret', 'secret value', 'secret',
    'access token', 'accesstoken', 'refresh token', 'id token', 'auth token', 'authtoken', 'bearer token', 'bearer', 'session token', 'api token', 'csrf token', 'user token', 'login token', 'reset token', 'invite token', 'device token', 'jwt token', 'jwt', 'oauth token', 'request token', 'token secret',
    'authorization', 'authorization header', 'auth header', 'cookie', 'set cookie', 'session cookie', 'credential', 'connection string', 'otp', 'one time password', 'mfa code', 'verification code', 'request header', 'req header',
  ],
};

/** Words that may follow a phrase and change nothing about what it names. */
export const carriers: ReadonlySet<string> = new Set(['text', 'content', 'contents', 'value', 'json', 'string', 'str', 'raw', 'serialized', 'stringified', 'plain', 'full', 'preview', 'snippet', 'payload', 'list', 'array', 'all', 'plaintext', 'data', 'body', 'obj', 'object', 'truncated', 'summary']);

/** Words before a phrase that make it something else: a flag, a number, a text that nobody can read. */
export const blockers: ReadonlySet<string> = new Set([
  'has', 'had', 'is', 'are', 'was', 'should', 'can', 'will', 'did', 'no', 'not', 'missing', 'empty', 'invalid', 'valid', 'verified', 'unverified', 'num', 'count', 'total', 'max', 'min', 'avg',
  'hash', 'hashed', 'masked', 'redacted', 'encrypted', 'sanitized', 'anonymized', 'anonymised', 'obfuscated', 'scrubbed', 'pseudo', 'pseudonymous', 'pseudonymized', 'tokenized', 'default', 'estimated',
  'use', 'uses', 'using', 'enable', 'enabled', 'requires', 'required', 'supports', 'allow', 'allowed', 'send', 'next', 'schema',
]);

/** Whose full name is nobody's: a test's, a repository's, a function's. */
export const things: ReadonlySet<string> = new Set([
  'repo', 'repository', 'project', 'package', 'module', 'file', 'path', 'branch', 'ref', 'commit', 'test', 'case', 'suite', 'spec', 'task', 'step', 'job', 'workflow', 'function', 'method', 'class', 'type', 'symbol', 'node', 'field', 'column', 'table',
  'topic', 'queue', 'event', 'metric', 'tool', 'command', 'model', 'resource', 'service', 'image', 'label', 'tag', 'route', 'plugin', 'rule', 'component', 'product', 'release', 'organization', 'org', 'team',
]);

/** Words anywhere in a name that say that what could not be shown has been taken out. */
export const cleaned: ReadonlySet<string> = new Set(['hashed', 'masked', 'redacted', 'sanitized', 'sanitised', 'anonymized', 'anonymised', 'obfuscated', 'scrubbed', 'encrypted', 'pseudonymized', 'tokenized', 'safe', 'filtered', 'cleaned', 'stripped']);

/** Words at the end of a name that say that it holds none of it. */
export const neutral: ReadonlySet<string> = new Set([
  'id', 'ids', 'uuid', 'guid', 'count', 'counts', 'total', 'length', 'len', 'size', 'bytes', 'chars', 'characters', 'tokens', 'hash', 'hashed', 'sha', 'sha1', 'sha256', 'md5', 'checksum', 'digest', 'fingerprint', 'etag',
  'type', 'types', 'kind', 'version', 'model', 'provider', 'status', 'state', 'valid', 'verified', 'present', 'exists', 'missing', 'provided', 'enabled', 'disabled', 'required', 'allowed', 'sent', 'flag', 'duration', 'ms', 'seconds', 'time', 'timestamp', 'at',
  'format', 'role', 'roles', 'source', 'index', 'position', 'limit', 'max', 'min', 'score', 'ratio', 'rate', 'percent', 'percentage', 'domain', 'masked', 'redacted', 'encrypted', 'last4', 'brand', 'country', 'currency', 'language', 'locale', 'encoding', 'schema',
  'url', 'uri', 'path', 'file', 'bucket', 'category', 'label', 'tag', 'tags', 'mode', 'strategy', 'level', 'reason', 'cost', 'price', 'amount', 'attempt', 'attempts', 'retries', 'success', 'failed', 'error', 'errors', 'ok', 'hit', 'cached', 'finished', 'done', 'key', 'keys', 'name', 'names', 'code',
]);

/** First parts of names whose values the conventions define, apart from those that are named above. */
export const conventionalNamespaces: ReadonlySet<string> = new Set([
  'db', 'url', 'network', 'net', 'server', 'rpc', 'error', 'exception', 'otel', 'service', 'host', 'process', 'os', 'faas', 'cloud', 'k8s', 'container', 'telemetry', 'deployment', 'user_agent', 'feature_flag', 'dns', 'tls', 'cicd', 'vcs', 'graphql',
]);

/** Functions whose result holds nothing of what they are given. */
export const reducers = /^(hash|digest|sha|md5|hmac|count|length|size|mask|redact|anonymi[sz]e|pseudonymi[sz]e|scrub|saniti[sz]e|encrypt|obfuscate|estimate|is|has|should|can|num|number|parseInt|parseFloat|Number|Boolean|BigInt|typeof|detect|classify|includes|startsWith|endsWith|indexOf|lastIndexOf|test|some|every|equals|compare|byteLength)(?=$|[A-Z_0-9])|(Hash|Count|Length|Size|Digest|Tokens|Bytes|Checksum|Redacted|Masked|Hashed)$/;

/** Functions whose result holds what they are given. */
export const passers = /(stringify|stringifi|serialize|serialise|truncate|to_?(json|text)$)|^(to_?string|to_?str|inspect|trim\w*|slice|substr|substring|join|concat|String|toLowerCase|toUpperCase|padEnd|padStart|normalize|shorten|clip|from|replace|replaceAll|at|split|flat|filter|stringOf|structuredClone|toWellFormed|safe_?(json|string|text|value)\w*)$/i;

/** Names that are content where what they stand for is made into text as a whole: `JSON.stringify(messages)`. */
export const serialised: ReadonlySet<string> = new Set(['messages', 'input', 'inputs', 'output', 'outputs', 'history', 'conversation', 'contents', 'completion', 'completions']);

/** Packages that call models, and what of their answers is what the model said. */
export const modelPackages = /^(ai|openai|@ai-sdk\/.*|@anthropic-ai\/.*|@google\/(genai|generative-ai)|@google-cloud\/vertexai|cohere-ai|@mistralai\/mistralai|groq-sdk|ollama|together-ai|@aws-sdk\/client-bedrock-runtime|@langchain\/.*|langchain|@openai\/agents.*)$/;
export const answers: ReadonlySet<string> = new Set(['text', 'content', 'output', 'output_text', 'message', 'messages', 'choices', 'candidates', 'reasoning', 'reasoningText', 'object', 'finalOutput', 'toolCalls', 'toolResults', 'parts']);

/** The switch that the GenAI conventions name, and words of a project's own. */
export const captureSwitch = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
export const switchVerbs: ReadonlySet<string> = new Set(['capture', 'captures', 'capturing', 'captured', 'record', 'records', 'recording', 'include', 'includes', 'log', 'trace', 'send', 'collect', 'collects', 'enable', 'enabled', 'allow', 'should', 'emit', 'export', 'store', 'report', 'track', 'expose', 'add', 'attach', 'hide', 'redact', 'disable', 'omit', 'mask', 'suppress']);
export const switchNouns: ReadonlySet<string> = new Set(['content', 'contents', 'message', 'messages', 'prompt', 'prompts', 'input', 'inputs', 'output', 'outputs', 'payload', 'payloads', 'body', 'bodies', 'pii', 'sensitive', 'arguments', 'args', 'completion', 'completions', 'response', 'responses', 'request', 'requests', 'data', 'details', 'email', 'emails', 'user', 'personal', 'tool', 'text', 'verbose']);
