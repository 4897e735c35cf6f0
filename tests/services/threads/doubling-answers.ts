/** Entry of a thread for tests: doubles each number it is asked for, refuses a negative one, and ends at 0. */
import { exit } from 'node:process';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { answerInTurn } from '../../../src/services/threads/asked-thread.ts';

answerInTurn<number, number>((value) => {
  if (value === 0) exit(3);
  if (value < 0) throw new DomainFailure({ kind: 'argument-invalid', name: 'value', why: 'it is negative' });
  return Promise.resolve({ result: 2 * value });
});
