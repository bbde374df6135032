/** What tells a Node (or other AsyncLocalStorage) runtime from a browser: names of packages and of globals. */

/** Packages that are of use only on a server. A name that ends in `/` stands for a scope. */
export const serverPackages: readonly string[] = [
  '@opentelemetry/sdk-node', '@opentelemetry/sdk-trace-node', '@opentelemetry/auto-instrumentations-node',
  '@opentelemetry/context-async-hooks', '@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici',
  'dd-trace', 'newrelic', 'elastic-apm-node', '@splunk/otel', '@azure/monitor-opentelemetry', '@honeycombio/opentelemetry-node',
  '@elastic/opentelemetry-node', '@sentry/node', '@sentry/nestjs', '@sentry/aws-serverless', '@sentry/google-cloud-serverless', '@vercel/otel',
  '@google-cloud/opentelemetry-cloud-trace-exporter', '@google-cloud/trace-agent', '@microlabs/otel-cf-workers',
  'express', 'fastify', 'koa', 'hono', '@hono/node-server', '@hapi/hapi', 'restify', 'polka', 'connect', 'body-parser', 'micro', 'h3', 'nitropack',
  '@nestjs/core', '@nestjs/microservices', '@nestjs/platform-express', '@nestjs/platform-fastify', '@nestjs/websockets',
  '@adonisjs/core', '@feathersjs/feathers', 'sails', 'moleculer', '@trpc/server', '@apollo/server', 'apollo-server', 'apollo-server-express',
  'graphql-yoga', 'mercurius', '@grpc/grpc-js', '@connectrpc/connect-node', 'nice-grpc',
  'bullmq', 'bull', 'bee-queue', 'agenda', 'pg-boss', 'graphile-worker', 'amqplib', 'amqp-connection-manager', 'kafkajs', 'node-rdkafka',
  '@confluentinc/kafka-javascript', 'nats', '@nats-io/transport-node', 'mqtt', 'rhea', 'sqs-consumer', '@temporalio/worker', '@temporalio/client',
  'ioredis', 'redis', 'pg', 'postgres', 'mysql', 'mysql2', 'mariadb', 'mongodb', 'mongoose', 'sqlite3', 'better-sqlite3', 'tedious', 'oracledb',
  'knex', 'sequelize', 'typeorm', '@prisma/client', 'prisma', '@mikro-orm/core', 'objection', 'cassandra-driver', '@clickhouse/client', 'memcached',
  'ws', 'socket.io', 'undici', 'node-fetch', 'got', 'http-proxy', 'http-proxy-middleware', 'piscina', 'workerpool', 'tinypool', 'execa',
  'cross-spawn', 'node-pty', 'nodemon', 'pm2', 'pino', 'winston', 'bunyan', 'nodemailer', 'node-cron', 'cron', 'commander', 'yargs',
  'fs-extra', 'graceful-fs', 'chokidar', 'dockerode', 'ssh2', 'jsonwebtoken', 'bcrypt', 'argon2', 'multer', 'sharp', 'puppeteer', 'playwright',
  'serverless', 'aws-lambda', '@types/aws-lambda', 'aws-cdk-lib', '@azure/functions', '@google-cloud/functions-framework', 'firebase-functions',
  'wrangler', '@cloudflare/workers-types', '@types/bun', 'bun-types', '@types/deno', '@modelcontextprotocol/sdk', '@google-cloud/', 'vscode', '@types/vscode',
];

/** OpenTelemetry in the browser: only with one of these has browser code a context to lose. */
export const browserTracers: readonly string[] = [
  '@opentelemetry/sdk-trace-web', '@opentelemetry/web', '@opentelemetry/auto-instrumentations-web', '@opentelemetry/context-zone',
  '@opentelemetry/context-zone-peer-dep', '@opentelemetry/instrumentation-fetch', '@opentelemetry/instrumentation-xml-http-request',
  '@opentelemetry/instrumentation-document-load', '@opentelemetry/instrumentation-user-interaction',
  '@honeycombio/opentelemetry-web', '@splunk/otel-web', '@grafana/faro-web-tracing', '@uptrace/web', '@hyperdx/browser', '@hyperdx/otel-web',
  '@embrace-io/web-sdk', '@elastic/opentelemetry-browser',
];

/** Packages that draw on a page (or a phone's screen). */
export const browserPackages: readonly string[] = [
  'react-dom', 'react-native', 'expo', 'preact', 'vue', 'svelte', 'solid-js', '@angular/core', '@angular/platform-browser', 'lit', 'jquery',
  'ember-source', 'alpinejs', '@builder.io/qwik', 'react-scripts', '@capacitor/core',
];

/** Frameworks whose one package holds both sides. */
export const fullStackPackages: readonly string[] = [
  'next', 'nuxt', '@remix-run/node', '@remix-run/react', '@react-router/node', '@sveltejs/kit', 'astro', '@solidjs/start', '@tanstack/react-start', 'gatsby', 'electron',
];

export const bundlers: readonly string[] = ['vite', 'webpack', 'parcel', '@rspack/core', '@rsbuild/core', 'esbuild-loader', 'webpack-dev-server', 'vite-plugin-pwa'];

/** Members of `window` and `document` that no object of another kind is likely to have. */
export const domPattern = new RegExp([
  String.raw`(?<![.\w$])(?:window|globalThis\.window)\??\.(?:location|document|addEventListener|removeEventListener|dispatchEvent|localStorage|sessionStorage|history|navigator|open|fetch|setTimeout|setInterval|clearTimeout|clearInterval|requestAnimationFrame|cancelAnimationFrame|matchMedia|scroll\w*|inner(?:Width|Height)|outer(?:Width|Height)|postMessage|parent|opener|confirm|alert|prompt|getComputedStyle|getSelection|performance|crypto|screen|devicePixelRatio|IntersectionObserver|ResizeObserver|__\w+|dataLayer)\b`,
  String.raw`(?<![.\w$])document\??\.(?:getElement\w+|querySelector(?:All)?|createElement|createTextNode|addEventListener|removeEventListener|body|head|documentElement|cookie|activeElement|hidden|visibilityState|readyState|execCommand|referrer)\b`,
  String.raw`(?<![.\w$])navigator\??\.(?:clipboard|serviceWorker|sendBeacon|geolocation|mediaDevices|onLine|vibrate|share|credentials|permissions|connection)\b`,
  String.raw`(?<![.\w$])(?:localStorage|sessionStorage)\??\.(?:getItem|setItem|removeItem|clear)\b`,
  String.raw`(?<![.\w$])new (?:XMLHttpRequest|IntersectionObserver|ResizeObserver|MutationObserver|SharedWorker|FileReader|Image)\b`,
  String.raw`(?<![.\w$])(?:requestAnimationFrame|requestIdleCallback|customElements\.define|matchMedia)\s*\(`,
  String.raw`\bextends\s+(?:HTML\w*Element|LitElement)\b`,
  // A browser's extension: its pages, and the worker behind them.
  String.raw`(?<![.\w$])chrome\??\.(?:runtime|storage|tabs|scripting|contextMenus|sidePanel|webNavigation|action|alarms|cookies|offscreen|webRequest)\b`,
].join('|'));

/** React's hooks: what calls one runs as a component, in the page. */
export const hookPattern = /(?<![.\w$])(?:React\.)?use(?:State|Effect|LayoutEffect|Ref|Reducer|Callback|Memo|Context|InsertionEffect|SyncExternalStore|Transition|DeferredValue)\s*(?:<[^;()]*>)?\s*\(/;

/** Libraries of hooks that fetch, which run as a component as well. */
export const queryPackages = /^(?:@tanstack\/(?:react|vue|solid|svelte)-query|react-query|swr(?:\/\w+)?|@apollo\/client|@reduxjs\/toolkit\/query\/react)$/;
export const queryHooks = /(?<![.\w$])(?:use(?:Suspense|Infinite|Lazy)?Quer(?:y|ies)|useMutation|useSWR\w*|useSubscription)\s*(?:<[^;()]*>)?\s*\(/;

/** Globals of Node that a bundler does not commonly put in. `process.env` is not among them. */
export const nodePattern = new RegExp([
  String.raw`(?<![.\w$])process\??\.(?!env\b|browser\b)[a-zA-Z]\w*`,
  String.raw`(?<![.\w$])(?:__dirname|__filename)\b`,
  String.raw`(?<![.\w$])Buffer\.(?:from|alloc|allocUnsafe|concat|byteLength|isBuffer)\b`,
  String.raw`(?<![.\w$])(?:setImmediate|clearImmediate)\s*\(`,
  String.raw`(?<![.\w$])module\.exports\b`,
  String.raw`\bimport\.meta\.(?:dirname|filename)\b`,
  String.raw`(?<![.\w$])(?:Deno|Bun)\.[a-zA-Z]\w*`,
  String.raw`\bNodeJS\.(?:Timeout|Timer|Immediate|ReadableStream|WritableStream|ProcessEnv|Signals)\b`,
].join('|'));

/** What components and what they are given are written with, and what a library has for pages (`pino/browser`): a server that draws them imports its own. */
export const componentModules = /^(?:@angular\/(?:animations|cdk|common|core|forms|material|platform-browser|router)(?:\/.+)?|vue|vue-router|pinia|(?!src\/|lib\/|app\/)(?:@[\w-]+\/(?=[\w.-]+\/))?[\w][\w.-]*\/browser(?:\.[cm]?js)?)$/;

/** Editors, maps and charts: what shows something on a page. */
export const drawingModules = /^(?:@tiptap\/.+|prosemirror-(?:view|state|commands)|@codemirror\/(?:view|state)|monaco-editor|lexical|@lexical\/.+|quill|three|d3-selection|leaflet|mapbox-gl|maplibre-gl|@floating-ui\/.+|@radix-ui\/.+)(?:\/.+)?$/;
