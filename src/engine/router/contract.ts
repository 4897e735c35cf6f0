import { implement, ORPCError } from '@orpc/server';
import { api } from '../../contract/api.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import type { EngineContext } from './engine-context.ts';

/** The contract, ready for handlers. A failure of ours reaches the window as `REFUSED` with its sentence. */
export const contract = implement(api)
  .$context<EngineContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (thrown) {
      const error = domainErrorOf(thrown);
      if (error === undefined) throw thrown;
      throw new ORPCError('REFUSED', {
        status: 422,
        data: { kind: error.kind, sentence: describeError(error) },
        cause: thrown,
      });
    }
  });
