import { cases } from './harness.ts';

const nest = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, dependencies: { bullmq: '^5.60.0', '@nestjs/bullmq': '^11.0.0', '@nestjs/common': '^11.0.0', awilix: '12.0.0', tsyringe: '4.0.0', inversify: '6.0.0' } } } };
const send = `send(id: string) { return this.q.add('send', { id }); }`;
const dark = `${send} // ! bullmq/queue-add lost`;
const mailQueue = `import { Queue } from 'bullmq';\nexport class MailQueue { readonly queue = new Queue('mail'); }`;

cases('origins: what decorators inject', nest, {
  'InjectQueue, annotated': `import { InjectQueue } from '@nestjs/bullmq';\nimport { Queue } from 'bullmq';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q: Queue) {}\n  ${dark}\n}`,
  'InjectQueue, not annotated': `import { InjectQueue } from '@nestjs/bullmq';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q) {}\n  ${dark}\n}`,
  'InjectQueue of a field': `import { InjectQueue } from '@nestjs/bullmq';\nexport class Mailer {\n  @InjectQueue('mail') private readonly q: any;\n  ${dark}\n}`,
  'InjectQueue with a name of its own': `import { InjectQueue as Q } from '@nestjs/bullmq';\nexport class Mailer {\n  constructor(@Q('mail') private readonly q) {}\n  ${dark}\n}`,
  'InjectQueue, kept under another name': `import { InjectQueue } from '@nestjs/bullmq';\nexport class Mailer {\n  private q;\n  constructor(@InjectQueue('mail') queue) { this.q = queue; }\n  ${dark}\n}`,
  'InjectQueue of @nestjs/bull': `import { InjectQueue } from '@nestjs/bull';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q) {}\n  ${send}\n}`,
  'InjectQueue of somebody else': `import { InjectQueue } from './queues';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q) {}\n  ${send}\n}`,
  'InjectQueue of one\'s own': `const InjectQueue = (name: string) => () => {};\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q) {}\n  ${send}\n}`,
  'another decorator of the package': `import { Processor } from '@nestjs/bullmq';\nexport class Mailer {\n  constructor(@Processor('mail') private readonly q) {}\n  ${send}\n}`,
  'the annotation wins over the decorator': `import { InjectQueue } from '@nestjs/bullmq';\nimport { Queue } from 'other-queue';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private readonly q: Queue) {}\n  ${send}\n}`,
  'Inject with an annotation': `import { Inject } from '@nestjs/common';\nimport { Queue } from 'bullmq';\nexport class Mailer {\n  constructor(@Inject('QUEUE') private readonly q: Queue) {}\n  ${dark}\n}`,
  'Inject of another class of the same name': `import { Inject } from '@nestjs/common';\nimport { Queue } from './queue';\nexport class Mailer {\n  constructor(@Inject('QUEUE') private readonly q: Queue) {}\n  ${send}\n}`,
  'Inject with getQueueToken': `import { Inject } from '@nestjs/common';\nimport { getQueueToken } from '@nestjs/bullmq';\nexport class Mailer {\n  constructor(@Inject(getQueueToken('mail')) private readonly q) {}\n  ${dark}\n}`,
  'a class of the repo': { 'src/q.ts': mailQueue, 'src/a.ts': `import { MailQueue } from './q';\nexport class Mailer {\n  constructor(private readonly mail: MailQueue) {}\n  send(id: string) { return this.mail.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}` },
  'a class of the repo by its token': { 'src/q.ts': mailQueue, 'src/a.ts': `import { inject } from 'tsyringe';\nimport { MailQueue } from './q';\nexport class Mailer {\n  constructor(@inject(MailQueue) private readonly mail) {}\n  send(id: string) { return this.mail.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}` },
  'a class of the repo that has no queue': { 'src/q.ts': `export class MailQueue { readonly queue = new Set(); }`, 'src/a.ts': `import { inject } from 'tsyringe';\nimport { MailQueue } from './q';\nexport class Mailer {\n  constructor(@inject(MailQueue) private readonly mail) {}\n  send(id: string) { return this.mail.queue.add(id); }\n}` },
});

const provided = (how: string) => ({ 'src/m.ts': `import { Queue } from 'bullmq';\nexport const QUEUE = Symbol('queue');\nclass Mails extends Queue { constructor() { super('mail'); } }\nexport const make = () => new Queue('mail');\nexport const providers = [${how}];\nvoid Mails;` });
const asks = (token: string) => `import { Inject } from '@nestjs/common';\nimport { QUEUE } from './m';\nvoid QUEUE;\nexport class Mailer {\n  constructor(@Inject(${token}) private readonly q) {}\n`;

cases('origins: what the repo\'s providers give', nest, {
  'useFactory': { ...provided(`{ provide: 'QUEUE', useFactory: () => new Queue('mail') }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${dark}\n}` },
  'useFactory by name': { ...provided(`{ provide: 'QUEUE', useFactory: make }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${dark}\n}` },
  'useFactory as a method': { ...provided(`{ provide: 'QUEUE', async useFactory() { return new Queue('mail'); } }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${dark}\n}` },
  'useValue': { ...provided(`{ provide: 'QUEUE', useValue: make() }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${dark}\n}` },
  'useClass': { ...provided(`{ provide: 'QUEUE', useClass: Mails }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${dark}\n}` },
  'a symbol': { ...provided(`{ provide: QUEUE, useFactory: make }`), 'src/a.ts': `${asks('QUEUE')}  ${dark}\n}` },
  'another token': { ...provided(`{ provide: 'OTHER', useFactory: make }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${send}\n}` },
  'another object under the token': { ...provided(`{ provide: 'QUEUE', useFactory: () => new Set() }`), 'src/a.ts': `${asks(`'QUEUE'`)}  ${send}\n}` },
  'two libraries under one token': { ...provided(`{ provide: 'QUEUE', useFactory: make }`), 'src/n.ts': `import PQueue from 'p-queue';\nimport { Worker } from 'bullmq';\nexport const providers = [{ provide: 'QUEUE', useValue: new PQueue() }, Worker];`, 'src/a.ts': `${asks(`'QUEUE'`)}  ${send}\n}` },
  'no provider': `import { Inject } from '@nestjs/common';\nexport class Mailer {\n  constructor(@Inject('QUEUE') private readonly q) {}\n  ${send}\n}`,
  'inversify': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { Container } from 'inversify';\nexport const c = new Container();\nc.bind('QUEUE').toConstantValue(new Queue('mail'));`, 'src/a.ts': `import { inject } from 'inversify';\nexport class Mailer {\n  constructor(@inject('QUEUE') private readonly q) {}\n  ${dark}\n}` },
  'inversify, asked of the container': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { Container } from 'inversify';\nexport const c = new Container();\nc.bind('QUEUE').toDynamicValue(() => new Queue('mail'));`, 'src/a.ts': `import { c } from './m';\nexport const send = (id: string) => c.get('QUEUE').add('send', { id }); // ! bullmq/queue-add lost` },
  'tsyringe': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { container } from 'tsyringe';\ncontainer.register('QUEUE', { useValue: new Queue('mail') });`, 'src/a.ts': `import { container } from 'tsyringe';\nexport const send = (id: string) => container.resolve('QUEUE').add('send', { id }); // ! bullmq/queue-add lost` },
  'awilix, by the name in the cradle': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { asValue, createContainer } from 'awilix';\nexport const c = createContainer().register({ mails: asValue(new Queue('mail')) });`, 'src/a.ts': `export const makeMailer = ({ mails }) => ({ send: (id: string) => mails.add('send', { id }) }); // ! bullmq/queue-add lost` },
  'awilix, a function': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { asFunction, createContainer } from 'awilix';\nexport const c = createContainer().register({ mails: asFunction(() => new Queue('mail')).singleton() });\nexport const d = createContainer().register({ mails: asFunction(() => new Queue('mail')) });`, 'src/a.ts': `export const makeMailer = ({ mails }) => ({ send: (id: string) => mails.add('send', { id }) }); // ! bullmq/queue-add lost` },
  'awilix, something else': { 'src/m.ts': `import { Queue } from 'bullmq';\nimport { asValue, createContainer } from 'awilix';\nexport const c = createContainer().register({ mails: asValue(new Set()), Queue });`, 'src/a.ts': `export const makeMailer = ({ mails }) => ({ send: (id: string) => mails.add('send', { id }) });` },
});

cases('origins: containers', nest, {
  'resolve a class': { 'src/q.ts': mailQueue, 'src/a.ts': `import { container } from 'tsyringe';\nimport { MailQueue } from './q';\nexport const send = (id: string) => container.resolve(MailQueue).queue.add('send', { id }); // ! bullmq/queue-add lost` },
  'a type argument': `import { ModuleRef } from '@nestjs/core';\nimport { Queue } from 'bullmq';\nexport const send = (ref: ModuleRef, id: string) => ref.get<Queue>('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'a type argument of something else': `import { ModuleRef } from '@nestjs/core';\nimport { Queue } from 'bullmq';\nexport const send = (ref: ModuleRef, id: string) => ref.get<Set<Queue>>('mail').add(id);`,
  'a type argument that is about something else': `import { Queue } from 'bullmq';\nimport { wrap } from './lib';\nexport const send = (id: string) => wrap<Queue>('mail').add('send', { id });`,
  'app.get(getQueueToken())': `import { NestFactory } from '@nestjs/core';\nimport { getQueueToken } from '@nestjs/bullmq';\nexport async function main() {\n  const app = await NestFactory.create({});\n  await app.get(getQueueToken('mail')).add('send', {}); // ! bullmq/queue-add lost\n}`,
  'a Map keyed by classes': { 'src/q.ts': mailQueue, 'src/a.ts': `import { MailQueue } from './q';\nconst seen = new Map<unknown, { queue: Set<string> }>();\nexport const send = (id: string) => seen.get(MailQueue)!.queue.add(id);` },
  'a container of one\'s own': `import { Queue } from 'bullmq';\nclass Container { readonly queue = new Queue('mail'); }\nexport class Mailer {\n  private q;\n  constructor(container: Container) { this.q = container.queue; }\n  ${dark}\n}`,
  'a container of one\'s own, in JavaScript': { 'src/c.js': `import { Queue } from 'bullmq';\nexport const container = { queue: new Queue('mail') };`, 'src/a.js': `export class Mailer {\n  constructor(container) { this.q = container.queue; }\n  send(id) { return this.q.add('send', { id }); } // ! bullmq/queue-add lost\n}` },
  'a container that gives by a type parameter': `import { Queue } from 'bullmq';\nclass Registry { get<T>(name: string): T { return (this as any)[name]; } }\nexport const send = (r: Registry, id: string) => r.get<Queue>('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'and gives something else': `import { Queue } from 'bullmq';\nclass Registry { get<T>(name: string): T { return (this as any)[name]; } }\nexport const send = (r: Registry, id: string) => [r.get<Set<string>>('mail').add(id), Queue];`,
});

const plugin = `import Fastify from 'fastify';\nimport { Queue } from 'bullmq';\nexport const app = Fastify();\napp.decorate('mails', new Queue('mail'));\napp.decorate('seen', new Set<string>());\n`;
cases('origins: what is hung on a framework\'s objects', {}, {
  'on the application': `${plugin}export const send = (id: string) => app.mails.add('send', { id }); // ! bullmq/queue-add lost`,
  'in another file, by its type': { 'src/app.ts': plugin, 'src/a.ts': `import type { FastifyInstance } from 'fastify';\nexport const send = (app: FastifyInstance, id: string) => app.mails.add('send', { id }); // ! bullmq/queue-add lost` },
  'by way of the request': { 'src/app.ts': plugin, 'src/a.ts': `import type { FastifyRequest } from 'fastify';\nexport const send = (req: FastifyRequest, id: string) => req.server.mails.add('send', { id }); // ! bullmq/queue-add lost` },
  'in plain JavaScript': { 'src/app.ts': plugin, 'src/a.js': `export const send = (fastify, id) => fastify.mails.add('send', { id }); // ! bullmq/queue-add lost` },
  'a set under another name': `${plugin}export const send = (id: string) => app.seen.add(id);`,
  'two things under one name': `${plugin}import IORedis from 'ioredis';\nexport const other = Fastify();\nother.decorate('mails', new IORedis());\nexport const send = (id: string) => (app.mails as any).add('send', { id });`,
  'on what is no framework\'s': { 'src/app.ts': plugin, 'src/a.ts': `import { Thing } from 'elsewhere';\nexport const send = (thing: Thing, id: string) => thing.mails.add('send', { id });` },
});
