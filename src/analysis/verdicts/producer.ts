/** Work that is handed over: to a queue, a thread, a process, another service. */
import { connectionsOf } from '../connections.ts';
import { destinationOf } from '../destination.ts';
import { argument, receiverArgument } from '../handoffs.ts';
import { kindsSent } from '../message-kinds.ts';
import { isIdleThere } from '../proxied.ts';
import { staysWithCaller } from '../sharing.ts';
import { isInTest, isTestFile } from '../tests.ts';
import { twiceRule } from '../twice.ts';
import { bodyDoesWork, fileDoesWork } from '../work.ts';
import { carriedBy } from './carried-by.ts';
import { coveredBy } from './coverage.ts';
import { silent, type Evidence, type Judged } from './judged.ts';
import { versionRefusal } from './refusals.ts';
import { addressed, byHand, isRunByHand, isSomebodysPlace, judgeRequest } from './request.ts';
import { isInProcess, reachesNobody, whyNothing } from './silence.ts';

/** Judges a handoff of role `producer`; the order of the questions matters: what the code carries is told before what covers it. */
export function judgeProducer(evidence: Evidence, judged: Judged): Judged {
  const { ts, origins } = evidence;
  const { boundary, enclosing } = judged;
  const payload = argument(judged, 'payload');
  const options = argument(judged, 'options');
  if (boundary.rule === twiceRule) return evidence.twice.of(judged, options) ?? silent(judged, 'nothing is carried twice');
  const kinds = boundary.messages ? kindsSent(ts, payload) : undefined;
  if (kinds) judged.kinds = kinds;
  const nothing = whyNothing(evidence, judged, payload, options);
  if (nothing) return silent(judged, nothing);
  if (isInProcess(judged)) return { ...judged, verdict: 'kept', by: 'both sides run in this process' };
  const nobody = reachesNobody(evidence, judged, payload);
  if (nobody) return silent(judged, nobody);
  const replaced = evidence.carried.replaced(judged.node, judged.source, boundary.match.replacedBy);
  if (replaced) return { ...judged, verdict: 'carried', by: replaced, ...addressed(evidence, judged) };
  const carried = carriedBy(evidence, judged, payload, options);
  if (boundary.twice === 'breaks') {
    const twice = evidence.twice.of(judged, options);
    if (twice) return { ...twice, ...addressed(evidence, judged) };
  }
  if (carried) return { ...judged, verdict: 'carried', by: carried, ...addressed(evidence, judged) };
  if (!enclosing) return silent(judged, 'at module scope: no context to hand over');
  const asks = ['http', 'socket', 'thread', 'process'].includes(boundary.family);
  if (isInTest(ts, judged.node) || isTestFile(judged.node) || (asks && judged.facts.isTest)) return silent(judged, 'a test\'s own: it belongs to no trace');
  if (['socket', 'process', 'queue'].includes(boundary.family) && isRunByHand(judged)) return silent(judged, byHand);
  const settled = boundary.args.worker !== undefined ? inOrder(evidence, judged) : boundary.needsFarSide ? farSide(evidence, judged) : undefined;
  if (settled) return settled;
  const covered = coveredBy(evidence, judged);
  if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered, ...addressed(evidence, judged) };
  if (boundary.args.destination !== undefined || boundary.request) return judgeRequest(evidence, judged);
  if (boundary.channel?.by === 'url') {
    const connected = connectionsOf(ts, origins, judged, evidence.neighbours);
    const ends = (connected.length > 0 ? connected : [{ node: undefined, source: judged.source }])
      .map(({ node, source }) => destinationOf(ts, origins, node, source, judged.facts, evidence.neighbours));
    judged.destination = ends.find(({ trust }) => trust !== 'silent') ?? ends[0]!;
    if (ends.every(({ trust }) => trust === 'silent')) return silent(judged, judged.destination.why);
    if (ends.every((end) => end.trust === 'silent' || isSomebodysPlace(ts, judged, end))) return silent(judged, 'a third-party service, by the place that it is connected from');
  }
  judged.pending = boundary.needsPeer;
  return versionRefusal(judged);
}

/** Why items in a queue of one's own process need no carrier; nothing where the function that takes them works in another's context. */
function inOrder(evidence: Evidence, judged: Judged): Judged | undefined {
  const { ts, origins, carried } = evidence;
  const { boundary } = judged;
  const built = receiverArgument(judged, boundary.args.worker!);
  const next = receiverArgument(judged, boundary.args.worker! + 1);
  const target = [built, next].map(({ node, source }) => node && origins.functionOf(node, source)).find((t) => t !== undefined);
  if (!target) return silent(judged, 'the function that does the work is not in sight');
  if (!bodyDoesWork(ts, origins, target.fn, target.source)) return silent(judged, 'its work is nothing worth a span');
  const attached = carried.attaches(target.fn, target.source);
  if (attached) return { ...judged, verdict: 'carried', by: attached };
  const own = judged.enclosing && staysWithCaller(ts, origins, judged);
  return own === undefined ? undefined : { ...judged, verdict: 'kept', by: own };
}

/** What the file that the work goes to does, as far as it is in sight. */
function farSide(evidence: Evidence, judged: Judged): Judged | undefined {
  const { ts, origins } = evidence;
  const { channel, source } = judged;
  const far = channel.key === '*' ? undefined : channel.key === source.path ? source : evidence.neighbours?.load(channel.key);
  if (!far) return silent(judged, 'what is done on the far side is not in sight');
  judged.scope = 'project';
  judged.far = far;
  const idle = isIdleThere(ts, origins, judged, far);
  if (idle !== undefined) return idle ? silent(judged, 'what it calls there does nothing worth a span') : undefined;
  return fileDoesWork(ts, origins, far) ? undefined : silent(judged, 'its file does nothing worth a span');
}
