// https://redis.io/docs/latest/develop/pubsub/
import type { BoundaryInput } from '../schema.ts';

const redis = {
  family: 'queue', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
} as const satisfies Partial<BoundaryInput>;

const published = {
  repair: { refused: 'payload-only-slot', detail: 'a message is one text: put the carrier into the message under a key of its own, and extract it in the subscriber' },
  farSide: 'the subscriber starts a new trace', advice: 'Carry it in the message.', upstream: 'https://redis.io/docs/latest/commands/publish/',
} as const satisfies Partial<BoundaryInput>;
const subscribed = {
  repair: { refused: 'payload-only-slot', detail: 'extract the carrier that the publisher puts into the message, and run the handler in it' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from the message.', upstream: 'https://redis.io/docs/latest/develop/pubsub/',
} as const satisfies Partial<BoundaryInput>;
const pushed = {
  repair: { refused: 'no-repair', detail: 'put the carrier into the entry under a key of its own, and extract it where the entry is taken out' },
  farSide: 'what takes it out starts a new trace', advice: 'Carry it in the entry.', upstream: 'https://redis.io/docs/latest/develop/data-types/lists/',
} as const satisfies Partial<BoundaryInput>;
const taken = {
  polled: true, needsPeer: true,
  repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into the entry, and work on the entry in it' },
  farSide: 'the work on every entry starts a new trace', advice: 'Extract the carrier from the entry.', upstream: 'https://redis.io/docs/latest/develop/data-types/lists/',
} as const satisfies Partial<BoundaryInput>;

interface Client {
  id: string; library: string; package: string; modules: string[]; clients: string[]; evidence: 'proved' | 'read'; proof: string;
  /** Command names as the client writes them. */
  write: (command: string) => string[];
}

/** Lists, streams and sorted sets: a queue only where somebody here takes out again what is put in. */
function stored({ id, write, clients, modules, ...rest }: Client): BoundaryInput[] {
  const base = { ...redis, ...rest };
  const exports = [...clients, ...clients.flatMap((client) => [`${client}.multi`, `${client}.pipeline`])];
  const names = (...commands: string[]): string[] => commands.flatMap(write);
  return [
    { ...base, ...pushed, id: `${id}/list-push`, role: 'producer', needsPeer: true, signals: 1, counterparts: [`${id}/list-pop`], match: { modules, exports, use: 'instance', members: names('lpush', 'rpush') }, args: { payload: 1 }, channel: { by: 'name' } },
    { ...base, ...taken, id: `${id}/list-pop`, role: 'consumer', counterparts: [`${id}/list-push`], match: { modules, exports: clients, use: 'instance', members: names('blpop', 'brpop', 'lpop', 'rpop', 'rpoplpush', 'brpoplpush', 'lmove', 'blmove', 'lmpop', 'blmpop') }, channel: { by: 'name', paths: ['key', '0'] } },
    { ...base, ...pushed, id: `${id}/sorted-set-add`, role: 'producer', needsPeer: true, counterparts: [`${id}/sorted-set-pop`], match: { modules, exports, use: 'instance', members: names('zadd') }, args: { payload: -1 }, channel: { by: 'name' }, upstream: 'https://redis.io/docs/latest/develop/data-types/sorted-sets/' },
    { ...base, ...taken, id: `${id}/sorted-set-pop`, role: 'consumer', counterparts: [`${id}/sorted-set-add`], match: { modules, exports: clients, use: 'instance', members: names('zpopmin', 'zpopmax', 'bzpopmin', 'bzpopmax') }, channel: { by: 'name', paths: ['key', '0'] }, upstream: 'https://redis.io/docs/latest/develop/data-types/sorted-sets/' },
    {
      ...base, ...pushed, id: `${id}/stream-add`, role: 'producer', needsPeer: true, counterparts: [`${id}/stream-read`], match: { modules, exports, use: 'instance', members: names('xadd') }, args: { payload: 2 }, channel: { by: 'name' },
      slots: [{ in: 'payload', path: ['traceparent'], encoding: 'fields' }], advice: 'Carry it in fields of the entry.', upstream: 'https://redis.io/docs/latest/develop/data-types/streams/',
    },
    {
      ...base, ...taken, id: `${id}/stream-read`, role: 'consumer', counterparts: [`${id}/stream-add`], match: { modules, exports: clients, use: 'instance', members: names('xread', 'xreadgroup') },
      channel: { by: 'name', after: 'STREAMS', arg: -1, paths: ['key', '0.key'] }, upstream: 'https://redis.io/docs/latest/develop/data-types/streams/',
    },
  ];
}

const io = ['default', '*', 'Redis', 'Cluster', 'Redis.Cluster', 'Valkey', 'Redis.Redis'];
const ioredis: Client = {
  id: 'ioredis', library: 'ioredis', package: 'ioredis', modules: ['ioredis', 'iovalkey'], clients: [...io, ...io.map((name) => `${name}.duplicate`)],
  evidence: 'proved', proof: 'fixtures/proofs/ioredis', write: (command) => [command, `${command}Buffer`],
};
/** `brPopLPush`: every word of the command begins with a capital but the first. */
const camel: Record<string, string> = {
  lpush: 'lPush', rpush: 'rPush', blpop: 'blPop', brpop: 'brPop', lpop: 'lPop', rpop: 'rPop', rpoplpush: 'rPopLPush', brpoplpush: 'brPopLPush', lmove: 'lMove', blmove: 'blMove',
  lmpop: 'lmPop', blmpop: 'blmPop', zadd: 'zAdd', zpopmin: 'zPopMin', zpopmax: 'zPopMax', bzpopmin: 'bzPopMin', bzpopmax: 'bzPopMax', xadd: 'xAdd', xread: 'xRead', xreadgroup: 'xReadGroup',
};
const node = ['createClient', 'createCluster', 'createSentinel', 'createClientPool', 'RedisClientType', 'RedisClusterType', 'RedisClient'];
const nodeRedis: Client = {
  id: 'node-redis', library: 'node-redis', package: 'redis', modules: ['redis', '@redis/client'], clients: [...node, ...node.map((name) => `${name}.duplicate`)],
  evidence: 'proved', proof: 'fixtures/proofs/node-redis', write: (command) => [camel[command]!, command, camel[command]!.replace(/^./, (c) => c.toUpperCase())],
};

/** How a message names the channel that waits for its answer. */
const answers = ['replyTo', 'reply_to', 'replyChannel', 'replyTopic', 'responseChannel', 'responseTopic'];

function pubSub(client: Client): { producer: BoundaryInput; listener: BoundaryInput } {
  const { id, library, package: name, modules, clients: exports, evidence, proof } = client;
  // ioredis tells its listener the channel before the message.
  const base = { ...redis, library, package: name, evidence, proof, signals: id === 'ioredis' ? 2 : 1 };
  const counterparts = [`${id}/publish`];
  return {
    producer: { ...base, ...published, id: `${id}/publish`, role: 'producer', counterparts: [`${id}/on-message`, `${id}/subscribe`], match: { modules, exports, use: 'instance', members: ['publish', 'spublish', 'sPublish'] }, args: { payload: 1 }, channel: { by: 'name' }, answers },
    // `subscribe(channel)` of ioredis only registers: its listener is told the channel of each message.
    listener: { ...base, ...subscribed, id: `${id}/on-message`, role: 'consumer', counterparts, match: { modules, exports, use: 'instance', members: ['on', 'addListener'], event: ['message', 'messageBuffer', 'pmessage', 'pmessageBuffer', 'smessage', 'smessageBuffer'] }, args: { callback: 1 } },
  };
}
const { producer: ioPublish, listener: ioListener } = pubSub(ioredis);
const { producer: nodePublish, listener: nodeListener } = pubSub(nodeRedis);

export default [
  ioPublish, { ...ioListener, begun: { as: 'construct', unless: ['lazyConnect'] } }, ...stored(ioredis),
  nodePublish, { ...nodeListener, proof: 'fixtures/proofs/node-redis-lowest' }, ...stored(nodeRedis),
  {
    ...nodeListener, id: 'node-redis/subscribe', match: { modules: nodeRedis.modules, exports: nodeRedis.clients, use: 'instance', members: ['subscribe', 'pSubscribe', 'sSubscribe'] }, args: { callback: 1 }, channel: { by: 'name' },
    upstream: 'https://github.com/redis/node-redis/blob/master/docs/pub-sub.md',
  },
  ...stored({ id: 'upstash-redis', library: '@upstash/redis', package: '@upstash/redis', modules: ['@upstash/redis'], clients: ['Redis', 'Redis.fromEnv'], evidence: 'proved', proof: 'fixtures/proofs/upstash-redis', write: (command) => [command] })
    .flatMap((each): BoundaryInput[] => {
      if (each.id === 'upstash-redis/stream-add') return [{ ...each, counterparts: ['upstash-redis/stream-read', 'upstash-redis/stream-read-group'] }];
      if (each.id !== 'upstash-redis/stream-read') return [each];
      // `xread(key, id)`, `xreadgroup(group, reader, key, id)`
      return [
        { ...each, match: { ...each.match, members: ['xread'] }, channel: { by: 'name' } },
        { ...each, id: 'upstash-redis/stream-read-group', match: { ...each.match, members: ['xreadgroup'] }, channel: { by: 'name', arg: 2 } },
      ];
    }),
] satisfies BoundaryInput[];
