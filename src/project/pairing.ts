/** Joins producers to their consumers by channel, and says what only the two together show (DESIGN.md 5.10). */
import { isNamed, isOfPattern, reaches } from '../analysis/channel.ts';
import { isFinding } from '../analysis/engine.ts';
import { byHand, handedInUnseen, isRunByHand, type Judged } from '../analysis/judge.ts';

export interface PairingOptions {
  /** Routes that may believe a carrier although nobody in the repo sends one. */
  trusted: (route: string) => boolean;
  /** What a test sends makes no caller. */
  isTest: (path: string) => boolean;
  /** Whether one of the words stands in the package of a file. */
  says: (path: string, words: readonly string[]) => boolean;
  /** Whether two files are of one package. */
  together: (path: string, other: string) => boolean;
  /** Whether a file, or what it imports, starts a tracer: a thread's far side needs its own. */
  startsTracer: (path: string) => boolean;
}

export function pair(all: Judged[], options: PairingOptions): void {
  const byId = new Map<string, Judged[]>();
  for (const judged of all) byId.set(judged.boundary.id, [...(byId.get(judged.boundary.id) ?? []), judged]);
  const consumers = all.filter((j) => j.boundary.role !== 'producer' && j.boundary.counterparts.length > 0);
  for (const consumer of consumers) {
    for (const id of consumer.boundary.counterparts) {
      for (const producer of byId.get(id) ?? []) if (joined(producer, consumer, options)) link(producer, consumer);
    }
  }
  pairServers(all);
  for (const judged of all) if (judged.boundary.family === 'thread' || judged.boundary.family === 'process') judgeThread(judged, options);
  for (const judged of all) judgeNative(judged, all);
  // A producer needs no more of its other side than that it is there; a consumer needs a producer that hands work over.
  for (const role of ['producer', 'callback', 'consumer'] as const) for (const judged of all) if (judged.boundary.role === role) judgePending(judged, options, byId);
  for (const judged of all) judgeUnsent(judged, byId);
  for (const judged of all) judgeOneSided(judged);
}

function link(producer: Judged, consumer: Judged): void {
  producer.peers.push(consumer);
  consumer.peers.push(producer);
}

/** Whether what one sends comes to the other; servers are `pairServers`' to join. */
export function joined(producer: Judged, consumer: Judged, { says }: Pick<PairingOptions, 'says'>): boolean {
  const by = consumer.boundary.channel?.by;
  // An address that came as data, or from nobody knows where, makes nobody here its receiver; what is asked from outside is an edge.
  if (by === 'route') return !['data', 'unknown'].includes(producer.destination?.trust ?? 'own') && !producer.destination?.isPublic && reaches(producer.channel, consumer.channel, (url) => producer.facts.isOwnDestination(url), (prefix) => isMounted(prefix, consumer, says)) && !isInside(producer, consumer);
  if (by === 'server') return false;
  // What can name no channel goes with all that the library sends: one group in the repository.
  if (producer.boundary.channel === undefined || consumer.boundary.channel === undefined) return producer.boundary.needsPeer || consumer.boundary.needsPeer;
  if (by === 'name') return isNamed(producer.channel.key, consumer.channel.key);
  return producer.channel.key !== '*' && producer.channel.key === consumer.channel.key;
}

/** A handler that asks for what it is asked for itself, `app.post('/orders', () => post(`${orders}/orders`))`, asks somebody else. */
function isInside(producer: Judged, consumer: Judged): boolean {
  return producer.source === consumer.source && consumer.node.pos <= producer.node.pos && producer.node.end <= consumer.node.end;
}

/**
 * Whether a router's file is called after what it is mounted at, or something in its package says so: `'/prefix'`, and
 * where no slash is needed `'prefix'`. Several pieces are said all together or each by itself, and by nothing that is
 * longer: the addresses that others are asked at end like that too.
 */
function isMounted(prefix: string, { source, boundary }: Judged, says: PairingOptions['says']): boolean {
  const isCalled = (piece: string): boolean => source.path.toLowerCase().includes(piece.replace(/s$/i, '').toLowerCase());
  const slashless = boundary.library === '@nestjs/common' || boundary.id.startsWith('nestjs/');
  const quoted = (text: string): string[] => ['\'', '"', '`'].flatMap((quote) => [`${quote}/${text}${quote}`, ...(slashless ? [`${quote}${text}${quote}`] : [])]);
  if (isCalled(prefix)) return true;
  const pieces = prefix.split('/');
  if (pieces.length > 1) return ['', 'api/', 'api/v1/', 'v1/'].some((front) => says(source.path, quoted(front + prefix))) || pieces.every((piece) => isCalled(piece) || says(source.path, quoted(piece)));
  return says(source.path, [...quoted(prefix), ...['\'', '"', '`'].map((quote) => `/${prefix}${quote}`), `/${prefix}/:`, `/${prefix}/*`]);
}

/**
 * A server without routes of its own takes a request whose path its handler names or whose port it listens on; the only
 * server of the repo, if its handler looks at no path at all, takes every request that no route takes.
 */
function pairServers(all: Judged[]): void {
  const servers = all.filter((j) => j.boundary.channel?.by === 'server' && j.verdict !== 'silent');
  const routes = all.some((j) => j.boundary.channel?.by === 'route');
  for (const producer of all) {
    if (producer.boundary.channel?.by !== 'url' || producer.peers.length > 0 || producer.destination?.trust !== 'own') continue;
    const { path, port } = addressOf(producer.channel.key);
    for (const server of servers) {
      if (!server.boundary.counterparts.includes(producer.boundary.id)) continue;
      const text = server.source.text;
      const named = path !== undefined && [`'${path}'`, `"${path}"`, `\`${path}\``].some((literal) => text.includes(literal));
      const listens = port !== undefined && new RegExp(`\\b${port}\\b`).test(text);
      const only = servers.length === 1 && !routes && !/\.url\b|pathname|:path\b/.test(text);
      if (named || listens || only) link(producer, server);
    }
  }
}

function addressOf(url: string): { path?: string; port?: string } {
  const [, port, path] = /^(?:[a-z]+:\/\/[^/:]*(?::(\d+))?|\*)?(\/[^?#]*)?/i.exec(url) ?? [];
  return { ...(path && path.length > 1 && !path.includes('*') ? { path } : {}), ...(port ? { port } : {}) };
}

function judgeThread(judged: Judged, options: PairingOptions): void {
  if (judged.boundary.role === 'producer' && ['worker-file', 'program'].includes(judged.boundary.channel?.by ?? '') && isFinding(judged)) {
    const consumers = judged.peers;
    if (consumers.length > 0 && consumers.every((c) => c.verdict === 'silent' && c.by !== handedInUnseen)) {
      judged.verdict = 'silent';
      judged.by = `the worker does nothing worth a span: ${consumers[0]!.by}`;
      return;
    }
    if (judged.channel.key !== '*' && !options.startsTracer(judged.channel.key)) {
      judged.verdict = 'untraced';
      judged.scope = 'project';
      judged.refusal = { code: 'untraced-far-side', detail: 'the worker\'s file starts no tracer: what it does is recorded nowhere, with or without a carrier' };
    }
  } else if (judged.boundary.channel?.by === 'this-file' && judged.boundary.role === 'consumer' && judged.peers.some((p) => p.verdict === 'untraced')) {
    judged.verdict = 'silent';
    judged.by = 'its file starts no tracer; the finding stands where the worker is handed its work';
    judged.pending = false;
  }
}

/** A receiver of which only the type is known: all queues that the repo builds have the option, or none has. */
function judgeNative(judged: Judged, all: Judged[]): void {
  if (!isFinding(judged) || judged.native !== undefined || judged.boundary.role !== 'producer') return;
  if (!judged.boundary.coveredBy.some((c) => c.option !== undefined)) return;
  const known = all.filter((j) => j.boundary.package === judged.boundary.package && j.boundary.role === 'producer' && j.native !== undefined);
  if (known.length > 0 && known.every((j) => j.native)) {
    judged.verdict = 'covered';
    judged.by = 'every queue that this repository builds has its telemetry option';
  }
}

/** Consumers that need their producer in sight. */
function judgePending(judged: Judged, options: PairingOptions, byId: ReadonlyMap<string, readonly Judged[]>): void {
  if (!judged.pending) return;
  // Two that wait for each other are in each other's sight; a queue is what somebody takes from, also where what was taken is handed on.
  const isTaken = judged.boundary.role === 'producer' && judged.boundary.family === 'queue';
  const sends = judged.peers.filter((p) => (!options.isTest(p.source.path) || options.isTest(judged.source.path)) && (isTaken || isFinding(p) || p.pending || p.verdict === 'carried' || p.verdict === 'covered'));
  const { channel, trusted } = judged.boundary;
  const isTrusted = (channel?.by === 'route' && options.trusted(judged.channel.label))
    || (trusted !== undefined && options.says(judged.source.path, trusted.where) && !options.says(judged.source.path, trusted.unless));
  if (sends.length === 0 && (isForkedUnseen(judged, options, byId) || isStartedHere(judged, options, byId))) {
    judged.peers.length = 0; // nothing but scripts that are run by hand
    judged.refusal = { code: 'no-repair', detail: 'which program the work is sent to cannot be told here: put the carrier into what is sent, and extract it here' };
  } else if (sends.length === 0 && !isTrusted) {
    judged.verdict = 'silent';
    judged.by = judged.boundary.role === 'producer' ? 'nothing in this repository takes it out again' : 'nothing in this repository sends to it';
    return;
  }
  judged.pending = false;
  judged.scope = 'project';
}

/** A child process's listener, or a worker that is given data, in a package that hands work to one whose program cannot be told. */
function isForkedUnseen({ boundary, peers, source }: Judged, { together, isTest }: PairingOptions, byId: ReadonlyMap<string, readonly Judged[]>): boolean {
  return boundary.channel?.by === 'this-file' && (boundary.family === 'process' || boundary.match.use === 'start') && peers.every((peer) => peer.by === byHand)
    && boundary.counterparts.some((id) => (byId.get(id) ?? []).some((sender) => isFinding(sender) && sender.channel.key === '*' && (sender.channel.pattern === undefined || isOfPattern(source.path, sender.channel.pattern)) && !isTest(sender.source.path) && together(sender.source.path, source.path)));
}

/** A child process's listener whose file this repository starts: what is sent to it, or what it has a branch for and nobody here sends, goes through a helper that is not in sight. */
function isStartedHere({ boundary, kinds, peers, source }: Judged, { isTest }: PairingOptions, byId: ReadonlyMap<string, readonly Judged[]>): boolean {
  return boundary.family === 'process' && boundary.channel?.by === 'this-file' && (peers.length === 0 || isUnsent(kinds, peers))
    && [...byId].some(([, started]) => started.some((each) => each.boundary.library === boundary.library && each.channel.key === source.path && each.boundary.role === 'producer'
      && each.boundary.channel?.by !== 'this-file' && each.source !== source && !isRunByHand(each) && !isTest(each.source.path)));
}

/** Whether a handler tells a kind apart that none of its senders in sight sends, though all of them say what they send. */
function isUnsent(kinds: readonly string[] | undefined, peers: readonly Judged[]): boolean {
  return peers.every((peer) => peer.verdict === 'silent' && peer.by !== byHand && peer.kinds !== undefined)
    && (kinds ?? []).some((kind) => !peers.some((peer) => peer.kinds!.includes(kind)));
}

/** Where nothing that is known to send hands work over (schedulers, notices, set-up at module scope), there is nothing to carry. */
function judgeUnsent(judged: Judged, byId: ReadonlyMap<string, readonly Judged[]>): void {
  if (!isFinding(judged) || judged.boundary.role !== 'consumer') return;
  // One whose channel cannot be told may get whatever its library sends here.
  const senders = judged.peers.length > 0 || judged.channel.key !== '*' ? judged.peers : judged.boundary.counterparts.flatMap((id) => byId.get(id) ?? []);
  if (senders.length === 0 || !senders.every((p) => p.verdict === 'silent')) return;
  judged.verdict = 'silent';
  judged.by = `nothing that is sent here hands work over: ${senders[0]!.by}`;
}

function judgeOneSided(judged: Judged): void {
  if (!isFinding(judged) || judged.verdict === 'untraced' || judged.twice || judged.boundary.role === 'callback') return;
  const peers = judged.peers.filter((p) => p.boundary.role !== judged.boundary.role);
  if (peers.length === 0 || !peers.some((p) => p.verdict === 'carried' || p.verdict === 'covered')) return;
  if (peers.some((p) => isFinding(p) && p.verdict !== 'one-sided')) return;
  judged.verdict = 'one-sided';
  judged.scope = 'project';
}
