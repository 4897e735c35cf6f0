import { parentPort, Worker } from 'node:worker_threads';
import type { ThreadFailure } from './thread-failure.ts';
import { threadFailureOf, thrownIn } from './thread-failure.ts';
import type { Handed } from './thread-task.ts';

/** A thread that is asked again and again, and answers in the order in which it is asked. While it waits it keeps no program running. */
export interface AskedThread<Request, Answer> {
  /** @throws what the thread threw at this request; an Error once it has ended */
  ask(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

type Reply = { readonly answer: unknown } | { readonly failure: ThreadFailure };

interface Asked<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * @param entry of `threadEntry`: a file that calls `answerInTurn`
 * @param does what the thread does, as in "the thread that makes cutouts"
 */
export function askedThread<Request, Answer>(
  entry: string,
  workerData: unknown,
  does: string,
): AskedThread<Request, Answer> {
  const thread = new Worker(entry, { workerData });
  const waiting: Asked<Answer>[] = [];
  let ended: Error | undefined;
  const failAll = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  thread.on('message', (reply: Reply) => {
    const asked = waiting.shift();
    if (waiting.length === 0) thread.unref();
    if ('failure' in reply) asked?.reject(thrownIn(reply.failure));
    else asked?.resolve(reply.answer as Answer);
  });
  thread.on('error', failAll);
  thread.on('exit', (code) => failAll(new Error(`The thread that ${does} ended with code ${code}.`)));
  // After the listeners: one for messages lets the thread keep the program running again.
  thread.unref();
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        thread.ref();
        thread.postMessage(request);
      }),
    close: async () => {
      await thread.terminate();
    },
  };
}

/** In the thread: answers one request after the other; what is thrown at one reaches whoever asked it. */
export function answerInTurn<Request, Answer>(answer: (request: Request) => Promise<Handed<Answer>>): void {
  const send = (reply: Reply, transfer: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(reply, [...transfer]);
  let turn: Promise<void> = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    turn = turn.then(async () => {
      try {
        const { result, transfer } = await answer(request);
        send({ answer: result }, transfer);
      } catch (thrown) {
        send({ failure: threadFailureOf(thrown) });
      }
    });
  });
}
