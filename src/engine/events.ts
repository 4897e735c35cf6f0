import type { EngineEvent } from '../contract/schemas.ts';

/** Events a window may lag behind by before it is told to ask for everything again instead. */
const LONGEST_QUEUE = 1000;

/** Hands the engine's events to every window that listens. */
export interface EventHub {
  publish(event: EngineEvent): void;
  /** What is going on, then the events from now on, until `signal` aborts or the hub closes. */
  subscribe(signal?: AbortSignal): AsyncGenerator<EngineEvent, void>;
  /** Ends every subscription. */
  close(): void;
}

interface Subscription {
  queue: EngineEvent[];
  wake: () => void;
}

/** Whether an event tells of something that goes on until another of its type ends it; undefined for all others. */
function goesOn(event: EngineEvent): boolean | undefined {
  if (event.type === 'task') return event.fraction !== 1;
  if (event.type === 'opening-sky') return event.sky !== null;
  return undefined;
}

export function createEventHub(): EventHub {
  const subscriptions = new Set<Subscription>();
  /** Told to a window that comes in the middle of it. */
  const goingOn = new Map<EngineEvent['type'], EngineEvent>();
  let isClosed = false;

  // Not a generator itself: it listens from the call on, not from the first `next`.
  const subscribe = (signal?: AbortSignal): AsyncGenerator<EngineEvent, void> => {
    const subscription: Subscription = { queue: [...goingOn.values()], wake: () => undefined };
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
      const isOn = goesOn(event);
      if (isOn === true) goingOn.set(event.type, event);
      else if (isOn === false) goingOn.delete(event.type);
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
