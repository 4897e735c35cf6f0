import { expect, test } from 'vitest';
import { openDesk } from '../../../../src/renderer/views/evaluation/newest-answer.ts';

interface Question {
  readonly kind: string;
  readonly value: number;
}

/** A worker that answers when told to. */
class HeldWorker {
  readonly asked: Question[] = [];
  isEnded = false;
  #listener: ((event: MessageEvent<string>) => void) | undefined;
  postMessage(question: Question): void {
    this.asked.push(question);
  }
  addEventListener(_: string, listener: unknown): void {
    this.#listener = listener as (event: MessageEvent<string>) => void;
  }
  terminate(): void {
    this.isEnded = true;
  }
  answer(): void {
    const { kind, value } = this.asked.at(-1)!;
    this.#listener!({ data: `${kind} ${value}` } as MessageEvent<string>);
  }
}

function desk() {
  const workers: HeldWorker[] = [];
  const open = openDesk<Question, string>(() => {
    workers.push(new HeldWorker());
    return workers.at(-1) as unknown as Worker;
  });
  return { open, workers };
}

test('no worker is started before there is a question', () => {
  expect(desk().workers).toEqual([]);
});

test('of questions of one kind that wait, the newest takes the place of the older', async () => {
  const { open, workers } = desk();
  const first = open.ask({ kind: 'metrics', value: 1 });
  const second = open.ask({ kind: 'metrics', value: 2 });
  const other = open.ask({ kind: 'property', value: 7 });
  const third = open.ask({ kind: 'metrics', value: 3 });
  expect(await second).toBeUndefined();
  const [worker] = workers;
  worker!.answer();
  expect(await first).toBe('metrics 1');
  worker!.answer();
  worker!.answer();
  expect([await other, await third]).toEqual(['property 7', 'metrics 3']);
  expect(worker!.asked.map(({ value }) => value)).toEqual([1, 3, 7]);
});

test('an ended desk answers what was asked with nothing, and starts anew with the next question', async () => {
  const { open, workers } = desk();
  const asked = open.ask({ kind: 'metrics', value: 1 });
  open.end();
  expect(await asked).toBeUndefined();
  expect(workers[0]!.isEnded).toBe(true);
  const again = open.ask({ kind: 'metrics', value: 2 });
  // What the former worker still says is not the answer.
  workers[0]!.answer();
  workers[1]!.answer();
  expect(await again).toBe('metrics 2');
});
