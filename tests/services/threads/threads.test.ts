import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askedThread } from '../../../src/services/threads/asked-thread.ts';
import { threadTask } from '../../../src/services/threads/thread-task.ts';
import { rejectionOf } from '../../expect-failure.ts';

const TASK = join(import.meta.dirname, 'doubling-task.ts');
const ANSWERS = join(import.meta.dirname, 'doubling-answers.ts');

describe('one task in a thread of its own', () => {
  const double = (values: Float64Array, signal?: AbortSignal, told: number[] = []): Promise<Float64Array> =>
    threadTask<Float64Array, number>(TASK, values, {
      does: 'doubles numbers',
      signal,
      onProgress: (done) => told.push(done),
    });

  test('what it refuses is the same typed failure outside, and what nobody foresaw keeps its message', async () => {
    expect(await rejectionOf(() => double(Float64Array.of(1, -1)))).toMatchObject({
      kind: 'argument-invalid',
      name: 'value 1',
    });
    await expect(double(Float64Array.of(Number.NaN))).rejects.toThrow('a number is missing');
  });

  test('it is cancelled before it starts, and while it works', async () => {
    expect(await rejectionOf(() => double(Float64Array.of(1), AbortSignal.abort()))).toMatchObject({
      kind: 'cancelled',
    });
    const stop = new AbortController();
    const doubling = double(Float64Array.of(1), stop.signal);
    stop.abort();
    expect(await rejectionOf(() => doubling)).toMatchObject({ kind: 'cancelled' });
  });

  test('its result and how far it was come out', async () => {
    const told: number[] = [];
    expect(await double(Float64Array.of(1, 2.5), undefined, told)).toEqual(Float64Array.of(2, 5));
    expect(told).toEqual([1, 2]);
  });
});

describe('a thread that is asked again and again', () => {
  test('a request that it refuses is refused alone, and every other gets its own answer', async () => {
    const thread = askedThread<number, number>(ANSWERS, undefined, 'doubles numbers');
    const answers = await Promise.allSettled([1, -1, 3].map((value) => thread.ask(value)));
    await thread.close();
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[2]).toMatchObject({ value: 6 });
    expect(answers[1]).toMatchObject({ reason: { error: { kind: 'argument-invalid' } } });
  });

  test('when it ends, whoever waits and whoever asks afterwards is told', async () => {
    const thread = askedThread<number, number>(ANSWERS, undefined, 'doubles numbers');
    await expect(thread.ask(0)).rejects.toThrow('The thread that doubles numbers ended with code 3.');
    await expect(thread.ask(1)).rejects.toThrow('ended with code 3');
  });
});
