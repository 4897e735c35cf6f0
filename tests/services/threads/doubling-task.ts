/** Entry of a thread for tests: doubles numbers, telling how many are done; refuses what is negative. */
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { carryOutTask } from '../../../src/services/threads/thread-task.ts';

await carryOutTask<Float64Array, Float64Array, number>((values, tell) => {
  const doubled = values.map((value, index) => {
    if (Number.isNaN(value)) throw new RangeError('a number is missing');
    if (value < 0) throw new DomainFailure({ kind: 'argument-invalid', name: `value ${index}`, why: 'it is negative' });
    tell(index + 1);
    return 2 * value;
  });
  return { result: doubled, transfer: [doubled.buffer] };
});
