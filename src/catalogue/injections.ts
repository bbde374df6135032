/**
 * How frameworks hand objects to those who ask for them. Data, not code: the engine knows the shapes, this file the names.
 * https://docs.nestjs.com/techniques/queues https://inversify.io/docs https://github.com/microsoft/tsyringe
 * https://github.com/jeffijoe/awilix https://docs.typestack.community/typedi
 */

/** An export of a package. */
interface Export {
  modules: readonly string[];
  names: readonly string[];
}

/** A decorator or token function that stands for one library's object; its first argument names the object's channel. */
interface NamedObject extends Export {
  gives: { module: string; name: string };
}

export const namedObjects: readonly NamedObject[] = [
  { modules: ['@nestjs/bullmq'], names: ['InjectQueue', 'getQueueToken'], gives: { module: 'bullmq', name: 'Queue' } },
  { modules: ['@nestjs/bullmq'], names: ['InjectFlowProducer', 'getFlowProducerToken'], gives: { module: 'bullmq', name: 'FlowProducer' } },
  { modules: ['@nestjs/bull'], names: ['InjectQueue', 'getQueueToken'], gives: { module: 'bull', name: 'Queue' } },
  { modules: ['@nestjs-modules/ioredis', '@liaoliaots/nestjs-redis', '@songkeys/nestjs-redis'], names: ['InjectRedis'], gives: { module: 'ioredis', name: 'Redis' } },
];

/** Decorators whose argument is the token of what they inject. */
export const tokenDecorators: Export = {
  modules: ['@nestjs/common', 'tsyringe', 'inversify', 'typedi', '@inversifyjs/core', 'injection-js', '@needle-di/core'],
  names: ['Inject', 'inject', 'InjectRepository'],
};

/** Containers, and their members that give what a token (a class, a name) stands for. */
export const containers: { modules: readonly string[]; members: readonly string[] } = {
  modules: ['@nestjs/core', '@nestjs/common', 'tsyringe', 'inversify', '@inversifyjs/container', 'typedi', 'awilix', 'injection-js', '@needle-di/core'],
  members: ['get', 'getAsync', 'resolve', 'resolveAsync', 'create'],
};

/** Functions that wrap what a container is to give: the value itself, what a function returns, an object of a class. */
export const wrappers: readonly (Export & { gives: 'value' | 'returned' | 'object' })[] = [
  { modules: ['awilix'], names: ['asValue'], gives: 'value' },
  { modules: ['awilix'], names: ['asFunction'], gives: 'returned' },
  { modules: ['awilix'], names: ['asClass'], gives: 'object' },
];

/** Functions that call what they are given at once, and give back what it gives: which argument it is. */
export const callers: readonly (Export & { argument: number })[] = [
  { modules: ['@opentelemetry/api'], names: ['context.with', 'default.context.with'], argument: 1 },
];

/** Frameworks on whose objects a project hangs members of its own: `app.decorate('queue', queue)`. https://fastify.dev/docs/latest/Reference/Decorators/ */
export const decoratable: readonly string[] = ['fastify'];

/** Members whose one type argument is what they give: `container.get<Queue>('queue')`. */
export const typedGetters = /^(get|resolve|inject|lookup|make)(Async|Optional|OrThrow|Required)?$/;

export function isOneOf(of: Export, origin: { module: string; name: string }): boolean {
  return of.modules.includes(origin.module) && of.names.includes(origin.name);
}
