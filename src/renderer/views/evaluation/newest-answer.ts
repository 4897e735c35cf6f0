/** Puts questions to a worker. Of questions of one kind that wait, only the newest is answered. */
export interface Desk<Question extends { readonly kind: string }, Answer> {
  /** Undefined where a newer question of its kind took its place. */
  ask(question: Question): Promise<Answer | undefined>;
  /** Ends the worker; what was asked is answered with undefined. A later question starts another. */
  end(): void;
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer | undefined) => void;
}

/** @param start called with the first question; the worker answers each message with one, in turn */
export function openDesk<Question extends { readonly kind: string }, Answer>(
  start: () => Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>,
): Desk<Question, Answer> {
  const waiting = new Map<string, Waiting<Question, Answer>>();
  let worker: ReturnType<typeof start> | undefined;
  let busy: Waiting<Question, Answer> | undefined;

  const started = (): ReturnType<typeof start> => {
    const fresh = start();
    fresh.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (fresh !== worker) return;
      const answered = busy;
      busy = undefined;
      answered?.resolve(data);
      next();
    });
    return fresh;
  };

  const next = (): void => {
    if (busy !== undefined) return;
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first[0]);
    busy = first[1];
    worker ??= started();
    worker.postMessage(busy.question);
  };
  return {
    ask: (question) =>
      new Promise((resolve) => {
        waiting.get(question.kind)?.resolve(undefined);
        waiting.set(question.kind, { question, resolve });
        next();
      }),
    end: () => {
      worker?.terminate();
      worker = undefined;
      busy?.resolve(undefined);
      busy = undefined;
      for (const { resolve } of waiting.values()) resolve(undefined);
      waiting.clear();
    },
  };
}
