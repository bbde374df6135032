/** Whatever sends a request that a route or server of the repo may take: the other side of every inbound HTTP boundary. */
export const httpClients = [
  'fetch/fetch', 'undici/request', 'undici/fetch', 'undici/dispatcher-request', 'node-fetch/fetch', 'ofetch/ofetch',
  'axios/call', 'axios/request', 'axios/method', 'axios/write', 'axios/instance-call', 'axios/instance-request', 'axios/instance', 'axios/instance-write',
  'nestjs-axios/http-service', 'nestjs-axios/http-service-write', 'nestjs-axios/http-service-request', 'nestjs-axios/axios-ref',
  'got/call', 'got/method', 'got/instance-call', 'got/instance', 'ky/call', 'ky/method', 'ky/instance-call', 'ky/instance',
  'node-http/request', 'node-http/request-imported', 'http2/request', 'superagent/method', 'request/call', 'request/method', 'request/defaults-call', 'request/defaults-method',
  'graphql-request/client', 'graphql-request/request', 'xhr/open',
];
