/** Words by which an address, a name or a place is told: whose it is, or that no trace belongs to it. */

/** Programs of others that listen on this machine: AWS's Lambda extensions, browsers and Node under a debugger, model runners, Docker. */
export const localTool = /^[a-z]+:\/\/[^/]*:(2772|2773|9222|9229|11434|2375)(\/|$)/i;
export const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/;
export const privateName = /^[^.]+$|\.(local|internal|lan|svc|svc\.cluster\.local|test|localhost)$|^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2})$/;
export const probe = /\/(health|healthz|healthcheck|health-check|ready|readyz|readiness|live|livez|liveness|ping|status\/?$|metrics)\b|health-?check/i;
/** Of those, what work is never called. */
export const onlyProbe = /\/(health|healthz|healthcheck|health-check|ready|readyz|readiness|livez|liveness|metrics)\b|health-?check/i;
/** Where a service logs in: its address is configured, and what answers is no part of the work. */
export const login = /\/(oauth2?|oidc|openid-connect)\/|\/\.well-known\/|\/(access_?)?token(\?|$)|\/(log|sign)-?(in|out|up)(\/(password|email|magic-?link|social))?(\?|$)|\/register\/password(\?|$)/i;
export const loginName = /(^|_|[a-z])(token|auth(ori[sz]ation)?|jwks|discovery|issuer|revocation|introspection|userinfo|log_?out|sign_?out|single_?sign_?on|sso)_?(url|uri|endpoint)$/i;
/** Addresses that somebody signed for one upload or download. */
export const signed = /pre-?_?signed|signed_?ur[li]|sas_?ur[li]|(upload|download)_?ur[li]$/i;
/** What browsers and Node answer to a debugger. */
export const debuggers = /\/json(\/(version|list|new|protocol))?\/?(\?|$)/;
/** `chrome.runtime.getURL('page.html')`: a file of the extension itself. */
export const ownFile = /^(chrome|browser)\.(runtime|extension)\.getURL$/;
/** What the platform says of the machine that the code runs on. */
export const metadata = /(^|_)METADATA(_|$)/;
export const probes = new Set(['log', 'logs', 'logsink', 'metrics', 'health', 'healthcheck', 'readiness', 'liveness', 'heartbeat', 'ping', 'status']);
export const telemetry = /\/v1\/(traces|metrics|logs)\b|\/api\/v2\/spans\b|otlp|collector|telemetry|sentry|posthog/i;
export const media = /\.(json|ya?ml|csv|txt|xml|md|html?|toml|png|jpe?g|gif|webp|svg|ico|css|js|mjs|wasm|woff2?|ttf|pdf|mp[34]|zip|tar|gz|tgz|onnx|bin)(\?|$)/i;
/** Names of other people's services: their addresses are configured, and not ours. */
export const foreign = /oauth|oidc|saml|slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|postmark|resend|openai|anthropic|gemini|mistral|cohere|groq|huggingface|replicate|pinecone|notion|linear|jira|zendesk|intercom|hubspot|salesforce|shopify|auth0|okta|clerk|google|microsoft|azure|aws|amazon|cloudflare|vercel|firebase|algolia|segment|mixpanel|amplitude|datadog|pagerduty|captcha|maxmind|npm_?registry|response_?url|whats_?app|dialog_?360|facebook|instagram|posthog|mail_?channels|mailchimp|brevo|airtable|docusign|sentry|elevenlabs|deepgram|dropbox|figma|tavily|unsplash|giphy|plaid|coinbase|lemon_?squeezy|launchdarkly|rudderstack|tiny_?bird|upstash|qstash|axiom|browserbase|supabase|planetscale|apify|serpapi|exa_|perplexity|open_?router|together_?ai|voyage|jina|qdrant|weaviate|pinecone|chroma_|milvus|elastic_?search|opensearch|typesense|click_?house|influx|neo4j|couch_?db|vercel_?blob|turnstile|paddle|polar_|loops_|plausible|umami|wordpress|trello|asana|click_?up|monday_|quickbooks|xero|woo_?commerce|matrix_?home|mattermost|rocket_?chat|bluesky|mastodon|reddit|twitter|linkedin|tiktok|spotify|strava|todoist|tmdb|open_?weather/i;
/** Products that run beside a program, its own or hired: what their makers call their address is nothing of the program's, except in the repository that makes one. */
export const vendor = /inngest|signoz|langfuse|langsmith|helicone|(^|_)novu|knock_|svix|hookdeck|keycloak|zitadel|logto|stytch|workos|hasura|directus|strapi|contentful|metabase|grafana|prometheus|victoria_?metrics|jaeger|(^|_)loki(_|$)|honeycomb|new_?relic|dynatrace|splunk|kibana|min_?io(?![a-z])|infisical|doppler_|hashicorp|unleash|growth_?book|flagsmith|statsig|browserless|firecrawl|searx|(^|_)nango|composio|pipedream|zapier|(^|_)n8n|live_?kit|cloudinary|img_?proxy|mapbox|nominatim|alchemy|infura|etherscan|coingecko/i;
/** Such a product under the name that it has in a compose file: `http://loki:3100`. */
export const vendorHost = /^(loki|prometheus|grafana|jaeger|zipkin|open-?search|elastic-?search|kibana|minio|keycloak|click-?house|qdrant|weaviate|milvus|chroma|meili-?search|typesense|ollama|vault|influx-?db|couch-?db|neo4j|unleash|inngest|signoz)(?![a-z])(?!.*(service|svc|worker|gateway|api|proxy)$)/i;
/** What a handler is sent, checked or not: an address in it is data. */
export const dataHolder = /^(input|body|payload|query|form_?data|dto)$/i;
/** A list of addresses that a program is made of. */
export const endpointHolder = /^(end_?points|(service|server|api)_?(end_?points|ur[li]s|hosts)|ur[li]s|hosts|upstreams|backends|services)$/i;
export const dataName = /(webhook|forward|callback|hook|target|customer|user|remote|image|img|avatar|logo|icon|photo|video|audio|media|download|upload|presigned|signed|redirect|attachment|asset|favicon|feed|page|link|article|site|website|source|src|file|document|jwks|token|discovery|well-?known|registry|proxy|open_?api|swagger|docs?|documentation|sitemap)_?(url|uri|endpoint|link|href)?s?$/i;
export const dataWhole = /^(url|uri|href|link|input|src|target)$/i;
/** Words of a name that say what answers there: one's own. */
export const ownWord = /^(api|services?|server|agents?|backend|gateway|internal|app|rpc|worker|engine|orchestrator|planner|specialist|mcp|a2a|hub)(url|uri|base|host|path|endpoint|origin)?$/i;
/** What names an address has somewhere in them. */
export const addressWord = /ur[li](?![a-z])|host|base|endpoint|origin|addr|server|domain/i;
/** Words that say that it is an address, and not whose. */
export const bareWord = /^(base|host|hostname|endpoint|origin|address|addr|domain)(url|uri|path|name)?$/i;
/** Where a page lives, as libraries of logins call it: one's own site. */
export const ownSite = /^(NEXTAUTH|BETTER_AUTH)_URL$/;
/** Variables that go into a page's bundle. */
export const pageVariable = /^(VITE|REACT_APP|EXPO_PUBLIC|GATSBY|VUE_APP)_/;
/** Variables that go into a page's bundle, and that the server of the page reads too. */
export const sharedVariable = /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC)_/;
/** What only code says that runs in a page. */
export const inPage = /\b(window|localStorage|sessionStorage|navigator)\.|\bdocument\.(cookie|createElement|querySelector\w*|getElement\w+|body|head|addEventListener|documentElement|visibilityState)\b|:\s*(File|FileList|HTMLElement)\b|['"]use client['"]|\buse(State|Effect|Callback|Ref)\(|from\s+['"]\$app\/(environment|navigation|stores|state)['"]/;
/** What only code says that runs on a server. */
export const onServer = /from\s+['"](node:|next\/server|next\/headers|server-only|fs|crypto|express|fastify)|require\(\s*['"](node:|fs|crypto)/;
/** What holds the settings of the program itself. */
export const configuration = /^(app|server|service|runtime|site|global)?_?(config|settings|env|environment|conf)$/i;
/** A service of one's own that is called after whom it speaks to: `STRIPE_SERVICE_URL`. */
export const ownService = /(service|svc|worker|gateway)_?(base)?_?(url|uri|addr(ess)?|host|endpoint|origin)$/i;
/** What holds the addresses of others: `credentials.domain`, `providerConfig.baseUrl`. */
export const foreignHolder = /credentials?$|^creds$|^(provider|integration|connector|connection|installation)(config|data|options|settings|info)?$/i;
/** Where people put what they deploy: a default there is somebody's own, and who reads it from a setting is that somebody. */
export const hosting = /\.(fly\.dev|run\.app|vercel\.app|netlify\.app|onrender\.com|herokuapp\.com|railway\.app|koyeb\.app|workers\.dev|pages\.dev|azurewebsites\.net|azurecontainerapps\.io|deno\.dev|appspot\.com|ngrok\.(io|app)|ngrok-free\.app)$/i;
/** Hosts that nobody has: one is to put one's own there. */
export const placeholder = /(^|\.)example(\.(com|org|net))?$|(^|[.-])(your|my)-?(domain|company|org|app|api|server|host)\b/i;
/** `api.eu.acme.com`, `localhost:3000`: a host without a scheme. */
export const hostOnly = /^([a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*\.[a-z]{2,}|localhost)(:\d+)?$/i;
/** Files that a bundler gives an address: `import url from './x.wasm?url'`. */
export const assetQuery = /[?&](url|raw|inline|no-inline|worker)\b/;
/** Folders and packages of the project's own client. */
export const ownClient = /(^|\/)([\w-]*-)?(sdks?|clients?)(-[\w-]*)?\//i;

/** A variable that says where a page is mounted. */
export const mountPath = /(^|_)(PATH|PREFIX|ROUTE)$/i;
/** The same, as it comes from a framework: `import { base } from '$app/paths'`. */
export const mountName = /^base_?(path)?$/i;
/** Folders that hold a client for each of other people's services; in `providers`, `loaders` and their like there may be some of one's own. */
export const foreignFolder = /(^|\/)(integrations?|connectors?)\//i;
export const mixedFolder = /(^|\/)(\w*providers?|(?<!graphql\/)\w*(loader|importer|crawler|scraper)s?|(image|video|audio)-?generators?|embedding-?engines?|embeddings?|speech-?to-?text|text-?to-?speech|tts|stt|llms?)\//i;
/** Servers of models that one runs oneself, and what models are asked for everywhere: a model's own spans are of no help to who asks. */
export const modelServer = /ollama|lm_?-?studio|llama_?-?cpp|vllm|local_?-?ai(?![a-z])|kokoro|lemonade|model_?-?runner|xinference|litellm/i;
export const modelPath = /\/chat\/completions(\?|$)|\/v1\/(embeddings|models|images\/(generations|edits|variations)|audio\/(speech|transcriptions|translations|voices))(\/|\?|$)|\/images\/(generations|edits|variations)(\?|$)/;
/** Other people's services that files and classes are called after. */
export const foreignClient = /slack|discord|gmail|google-?(api|calendar|docs|drive|oauth|sheets)|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|mailchimp|openai|anthropic|mistral|huggingface|pinecone|meilisearch|zendesk|intercom|hubspot|salesforce|sfdc|shopify|docusign|airtable|figma|sharepoint|outlook|facebook|whatsapp|auth0|okta|algolia|mixpanel|amplitude|datadog|pagerduty|posthog|mail-?channels|brevo|elevenlabs|deepgram|dropbox|plaid|lemon-?squeezy|confluence|atlassian|gitea|assembly-?ai|azure-?blob|blob-?storage/i;
/** What Azure's services are asked with, whatever is configured as their host. */
export const azure = /[?&]api-version=/;
/** Folders, and packages, that hold the client of one service of other people's. */
export const foreignPackage = /(^|\/)(slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|openai|anthropic|(amazon-)?bedrock|google(-vertex)?|azure|cohere|groq|mistral|huggingface|replicate|togetherai|fireworks|deepinfra|deepseek|xai|fal|luma|assemblyai|deepgram|elevenlabs|hume|cerebras|perplexity|pinecone|notion|zendesk|intercom|hubspot|salesforce|shopify|auth0|okta|airtable|dropbox|whatsapp|jira)\//i;

/** Who looks whether a host is a private one asks what users and other services name: `assertUrlIsSafe(url)`, `secureFetch`. */
export const guard = /ssrf|safe(?:url|uri|host)|validat\w*(?:url|uri|host|address)|(?:url|host|address)\w*(?:is)?safe|is(?:safe|blocked|private|denied)\w*(?:url|host|ip|address)|deny_?list/i;
export const guardedCall = /^(?:safe|secure|guarded)_?fetch/i;

/** The product that a folder is called after. */
export function productIn(folder: string): string | undefined {
  return (foreignClient.exec(folder) ?? foreign.exec(folder) ?? vendor.exec(folder) ?? foreignPackage.exec(`${folder}/`))?.[0].toLowerCase();
}
