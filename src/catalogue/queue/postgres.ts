// https://www.postgresql.org/docs/current/sql-notify.html
import type { BoundaryInput } from '../schema.ts';

const postgres = {
  family: 'queue', coupling: 'detached', rule: 'no-dark-queue', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/pg-notify',
} as const satisfies Partial<BoundaryInput>;
const notified = {
  role: 'producer', needsPeer: true,
  repair: { refused: 'payload-only-slot', detail: 'a notification is one text: put the carrier into it (at most 8000 bytes), under a key of its own, and extract it in the listener' },
  farSide: 'the listener starts a new trace', advice: 'Carry it in the notification\'s payload.', upstream: 'https://www.postgresql.org/docs/current/sql-notify.html',
} as const satisfies Partial<BoundaryInput>;
const listened = {
  role: 'consumer',
  repair: { refused: 'payload-only-slot', detail: 'extract the carrier that the producer puts into the payload, and run the listener in it' },
  farSide: 'every notification starts a new trace', advice: 'Extract the carrier from the payload.',
} as const satisfies Partial<BoundaryInput>;
const clients = ['Client', 'Pool', 'PoolClient', 'Pool.connect', 'ClientBase', 'default.Client', 'default.Pool', 'default.Pool.connect', 'native.Client', 'native.Pool'];
const pg = { ...postgres, library: 'PostgreSQL', package: 'pg' };

export default [
  {
    ...pg, ...notified, id: 'pg/notify', counterparts: ['pg/on-notification'], args: { payload: 1 },
    match: { modules: ['pg', 'pg-pool'], exports: [...clients, 'default', '*'], use: 'instance', members: ['query'], holds: ['pg_notify(', 'NOTIFY '] }, slots: [{ in: 'payload', path: ['1'], encoding: 'fields' }],
  },
  {
    ...pg, ...listened, id: 'pg/on-notification', counterparts: ['pg/notify'], needsPeer: true, args: { callback: 1 },
    match: { modules: ['pg', 'pg-pool'], exports: clients, use: 'instance', members: ['on', 'addListener'], event: ['notification'] }, upstream: 'https://node-postgres.com/apis/client#notification',
  },
  {
    ...postgres, ...notified, id: 'postgres.js/notify', library: 'Postgres.js', package: 'postgres', proof: 'fixtures/proofs/postgres-js-notify', counterparts: ['postgres.js/listen'], args: { payload: 1 }, channel: { by: 'name' },
    match: { modules: ['postgres'], exports: ['default', '*', 'Sql'], use: 'instance', members: ['notify'] }, upstream: 'https://github.com/porsager/postgres#listen--notify',
  },
  {
    ...postgres, ...listened, id: 'postgres.js/listen', library: 'Postgres.js', package: 'postgres', proof: 'fixtures/proofs/postgres-js-notify', counterparts: ['postgres.js/notify'], args: { callback: 1 }, channel: { by: 'name' },
    match: { modules: ['postgres'], exports: ['default', '*', 'Sql'], use: 'instance', members: ['listen'] }, upstream: 'https://github.com/porsager/postgres#listen--notify', needsPeer: true,
  },
] satisfies BoundaryInput[];
