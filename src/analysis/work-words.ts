/** Names that say whether a call does something worth a span, where nothing else tells. */

/** Globals and helpers that only compute or only undo. */
export const trivialCalls = new Set([
  'clearTimeout', 'clearInterval', 'clearImmediate', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'parseInt', 'parseFloat',
  'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'isNaN', 'isFinite', 'structuredClone', 'encodeURIComponent', 'decodeURIComponent',
  'encodeURI', 'decodeURI', 'require', 'next', 'done', 'resolve', 'reject', 'requestAnimationFrame', 'cancelAnimationFrame', 'Error', 'super',
  'postMessage', // a message is a handoff of its own
]);
/** Objects whose methods only compute or only report. */
export const trivialReceivers = /^(console|Math|JSON|Object|Array|Date|Number|String|Reflect|Symbol|Intl|Buffer|Promise|performance|Atomics|URL|path|util|assert|crypto|expect|vi|jest)$/;
export const reporting = /^_?(log|logger|logging|console|metrics?|stats|statsd|counter|gauge|histogram|telemetry|debug|warn)$|Logger$|Metrics?$/i;
/** Member names that say that something is done elsewhere. */
export const doing = /^(send|save|write|read|query|request|publish|exec|execute|run|invoke|process|handle|sync|flush|load|fetch|post|put|patch|insert|upsert|update|create|remove|dispatch|call|start|retry|refresh|poll|connect|reconnect|upload|download|generate|complete|chat|stream|enqueue|schedule|notify|deliver|transaction|commit|migrate|scan|crawl|ingest|embed|search|summari[sz]e|plan|ask|answer|work|perform|trigger|remember|record|store|persist|index|render|add(Bulk|Job)?|find(One|Many|First|Unique)?|startSpan|startActiveSpan|addEvent)([A-Z_]|$)/;
/** Members that only end something. */
export const ending = /^(close|end|destroy|terminate|kill|abort|stop|disconnect|unref|unsubscribe|cancel|quit|shutdown|dispose|release|reset|clear|remove(All)?(Event)?Listeners?|off|ack|nack|nak|ackAll|nackAll|term)$/;
/** Members whose names only look as if they did something: of a page, of texts. */
export const computing = /^(querySelector(All)?|request(AnimationFrame|IdleCallback)|split|trim|slice|substring|toLowerCase|toUpperCase|includes|startsWith|endsWith|padStart|padEnd|indexOf|decode|encode|stringify|lastIndexOf|findIndex|findLast(Index)?|toString|(add|prepend)(Event)?Listener|executor|statusCode|removeAttribute|insertAdjacent\w*|createElement)$/;
/** Objects of the language that hold or compute. */
export const holders = /^(Readonly)?(Weak)?(Set|Map|Ref)$|^(Array|ReadonlyArray|URLSearchParams|Headers|FormData|AbortController|AbortSignal|Date|TextDecoder|TextEncoder|RegExp|Error|Promise|[A-Z]\w*Array)$/;
/** What an element of a page looks like. */
export const looks = /^(classList|dataset|style)$/;
/** A function by whose name nothing is done: it tells whether something is so. */
export const predicate = /^(is|has|can|should)[A-Z]/;
/** How a server answers a request. */
export const responders = /^(res|response|reply)$/;
/** What a server's handler is asked, and how it reads that. */
export const requests = /^(req|request)$/;
export const bodyReaders = /^(json|text|body|formData|arrayBuffer|blob|parseBody)$/;
/** What follows a promise. */
export const chained = /^(then|catch|finally)$/;
/** What takes a function and runs it, now or later. */
export const runners = /^(then|catch|finally|forEach|map|flatMap|on|once|addListener|addEventListener|setTimeout|setInterval|setImmediate|queueMicrotask|nextTick)$/;
/** Methods that take what has come. */
export const takers = /^_?(on[A-Z]|(handle|receive|process|dispatch)([A-Z]|$))/;
/** React's setters and their like: state of a page. */
export const setter = /^set[A-Z]/;
/** Modules that do no I/O worth a span. */
export const pureModules = /^(path|url|util|assert|crypto|events|buffer|querystring|string_decoder|timers|perf_hooks|os|lodash|lodash-es|zod|uuid|nanoid|ms|dayjs|date-fns|semver|chalk|picocolors|debug|pino|winston|bunyan|prom-client|ohm-js|jscodeshift|recast|ast-types|@babel\/[\w-]+|acorn[\w-]*|esprima|estraverse|escodegen|typescript|ts-morph|postcss|prettier|marked|markdown-it|remark[\w-]*|rehype[\w-]*|unified|cheerio|htmlparser2|parse5|yaml|js-yaml|toml|papaparse|csv-parse|fast-xml-parser|xml2js|handlebars|mustache|ejs|nunjucks|ajv|joi|yup|valibot|mathjs|tiktoken|js-tiktoken|gpt-tokenizer|luxon|moment|immer|ramda|fuse\.js|minisearch|diff|pako|fflate|bcrypt(js)?|@node-rs\/\w+|argon2|hash-wasm|@noble\/[\w-]+|jsonwebtoken|zlib|katex|highlight\.js|prismjs|pngjs|jpeg-js|blurhash|msgpackr|esbuild(-wasm)?|terser|uglify-js|@swc\/core|svgo|sass(-embedded)?|less|lightningcss|cssnano|clean-css|html-minifier(-terser)?|@ampproject\/remapping|@jridgewell\/[\w-]+|source-map(-js)?|magic-string|snappyjs?|lz4js?)(\/|$)/;
/** Modules that do I/O; a database that answers without a promise is seen by nothing else. */
export const ioModules = /^(fs|fs\/promises|http|https|http2|net|dgram|dns|child_process|undici|axios|got|ky|node-fetch|bullmq|bull|ioredis|redis|pg|mysql2?|mongodb|mongoose|kafkajs|amqplib|nats|openai|ai|nodemailer|@prisma\/client|@aws-sdk\/.*|@anthropic-ai\/.*|@google\/.*|@modelcontextprotocol\/.*|@opentelemetry\/api|better-sqlite3|sqlite|bun:sqlite|libsql|node-sqlite3-wasm)$/;
