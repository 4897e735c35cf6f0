import type { OrderAnswer, OrderRequest } from './row-order.ts';
import type { FromRowOrder, NumberArray, ToRowOrder } from './row-order-messages.ts';
// Inlined, so that it starts from a blob: the engine's content policy allows no other worker.
import RowOrderWorker from './row-order-worker.ts?worker&inline';

export interface RowOrder {
  /** Forgets all columns: another field. */
  begin(rowCount: number): void;
  /** Gives or replaces a column; the window keeps its own copy. */
  numbers(name: string, values: NumberArray): void;
  texts(name: string, values: readonly string[]): void;
  /** The newest request alone is answered; one that was overtaken resolves with undefined. */
  order(request: OrderRequest): Promise<OrderAnswer | undefined>;
}

/** Starts the worker that filters and sorts the rows, so that the window never waits for a million of them. */
export function startRowOrder(): RowOrder {
  const worker = new RowOrderWorker();
  const send = (message: ToRowOrder): void => worker.postMessage(message);
  let newest = 0;
  let busy: ((answer: OrderAnswer) => void) | undefined;
  let waiting:
    { readonly request: OrderRequest; readonly resolve: (answer: OrderAnswer | undefined) => void } | undefined;

  const next = (): void => {
    if (busy !== undefined || waiting === undefined) return;
    const { request, resolve } = waiting;
    waiting = undefined;
    newest += 1;
    busy = resolve;
    send({ kind: 'order', id: newest, request });
  };
  worker.onmessage = ({ data }: MessageEvent<FromRowOrder>): void => {
    busy?.(data.answer);
    busy = undefined;
    next();
  };
  return {
    begin: (rowCount) => send({ kind: 'begin', rowCount }),
    numbers: (name, values) => send({ kind: 'numbers', name, values }),
    texts: (name, values) => send({ kind: 'texts', name, values }),
    order: (request) =>
      new Promise((resolve) => {
        waiting?.resolve(undefined);
        waiting = { request, resolve };
        next();
      }),
  };
}
