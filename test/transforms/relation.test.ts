/** `--relation`: how a consumer's span joins its producer's. */
import { describe, expect, it } from 'vitest';
import { fix, type FixOptions } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';

const files = {
  'package.json': { name: 'app', type: 'module', dependencies: { '@opentelemetry/api': '^1.9.0', bullmq: '^6.0.0', nats: '^2.29.0' } },
  'src/detached.ts': `import { Worker } from 'bullmq';\n\ndeclare function work(given: unknown): Promise<void>;\nexport const worker = new Worker('mail', async (job) => work(job.data), { connection: {} });\n`,
  'src/awaited.ts': `import { connect, JSONCodec } from 'nats';

declare function work(given: unknown): Promise<string>;
const codec = JSONCodec();
const nc = await connect();
export const ask = (id: string) => nc.request('sums', codec.encode({ id }));
for await (const message of nc.subscribe('sums')) {
  message.respond(codec.encode(await work(message.data)));
}
`,
};

async function repaired(relation?: FixOptions['relation']): Promise<{ detached: string; awaited: string }> {
  const { changes, errors } = await fix({ cwd: tree(files), assumeTraced: true, typeCheck: false, ...(relation ? { relation } : {}) });
  expect(errors).toEqual([]);
  const of = (name: string): string => /process(?:Job|Message)\(.*?'(link|child)'/.exec(changes.find(({ path }) => path.endsWith(`${name}.ts`))!.after)![1]!;
  return { detached: of('detached'), awaited: of('awaited') };
}

describe('relation', () => {
  it('auto: a link where nobody waits, a child where somebody does', async () => {
    expect(await repaired()).toEqual({ detached: 'link', awaited: 'child' });
    expect(await repaired('auto')).toEqual({ detached: 'link', awaited: 'child' });
  });

  it('link: always', async () => {
    expect(await repaired('link')).toEqual({ detached: 'link', awaited: 'link' });
  });

  it('parent: always', async () => {
    expect(await repaired('parent')).toEqual({ detached: 'child', awaited: 'child' });
  });
});
