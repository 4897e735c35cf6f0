import { DomainFailure } from '../../core/result/failure.ts';

/** How V8 and onnxruntime say that there is no more memory. */
const OUT_OF_MEMORY =
  /array buffer allocation failed|invalid (typed )?array (buffer )?length|bad[ _]alloc|failed to allocate|out of memory/i;

/**
 * Does what needs much memory.
 * @param what for the sentence: "a training step of 32 rows"
 * @throws DomainFailure 'memory-insufficient' where there is not enough; other failures pass through
 */
export async function orOutOfMemory<T>(what: string, action: () => Promise<T> | T): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    if (!(thrown instanceof Error) || !OUT_OF_MEMORY.test(thrown.message)) throw thrown;
    throw new DomainFailure({ kind: 'memory-insufficient', what }, { cause: thrown });
  }
}
