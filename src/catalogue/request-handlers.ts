/**
 * What else is called once for a request, beside the routes that are boundaries of their own: where recurring work is begun in
 * one, it keeps that request's context.
 * https://trpc.io/docs/server/procedures https://nextjs.org/docs/app/api-reference/file-conventions/route
 */

/** Modules of which a member of that name is given a request's handler: `procedure.input(schema).mutation(async ({ input }) => …)`. */
export const handlerMembers: readonly { modules: readonly string[]; members: readonly string[] }[] = [
  { modules: ['@trpc/server'], members: ['query', 'mutation', 'subscription'] },
];

/** Modules whose types `…Request` and `…Response` are a request's, and no boundary says so. */
export const requestModules: readonly string[] = ['next', 'next/server'];
