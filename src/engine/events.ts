import type { EngineEvent } from '../contract/schemas.ts';

/** Events a window may lag behind by before it is told to ask for everything again instead. */
const LONGEST_QUEUE = 1000;

/** Hands the engine's events to every window that listens. */
export interface EventHub {
  publish(event: EngineEvent): void;
  /** The events from now on, until `signal` aborts or the hub closes. */
  subscribe(signal?: AbortSignal): AsyncGenerator<EngineEvent, void>;
  /** Ends every subscription. */
  close(): void;
}

interface Subscription {
  queue: EngineEvent[];
  wake: () => void;
}

export function createEventHub(): EventHub {
  const subscriptions = new Set<Subscription>();
  let isClosed = false;

  // Not a generator itself: it listens from the call on, not from the first `next`.
  const subscribe = (signal?: AbortSignal): AsyncGenerator<EngineEvent, void> => {
    const subscription: Subscription = { queue: [], wake: () => undefined };
    subscriptions.add(subscription);
    const onAbort = (): void => {
      subscriptions.delete(subscription);
      subscription.wake();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    return (async function* () {
      try {
        while (!isClosed && signal?.aborted !== true) {
          const event = subscription.queue.shift();
          if (event !== undefined) yield event;
          else await new Promise<void>((resolve) => (subscription.wake = resolve));
        }
      } finally {
        subscriptions.delete(subscription);
        signal?.removeEventListener('abort', onAbort);
      }
    })();
  };

  return {
    publish(event) {
      for (const subscription of subscriptions) {
        // A window that sleeps must not fill the engine's memory; it reads the stored state when it wakes.
        if (subscription.queue.length >= LONGEST_QUEUE) subscription.queue = [{ type: 'project-changed' }];
        subscription.queue.push(event);
        subscription.wake();
      }
    },
    subscribe,
    close() {
      isClosed = true;
      for (const subscription of subscriptions) subscription.wake();
    },
  };
}
