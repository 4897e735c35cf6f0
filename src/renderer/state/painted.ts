import { startTransition, useEffect, useState } from 'react';
import type { StoreApi, UseBoundStore } from 'zustand';

/**
 * Does work when the frame that is due is on screen: what may wait must not hold it up. A deferred render of React does: it
 * begins before the frame wherever no key or click asked for it, as after an answer of the engine.
 *
 * @returns takes it back
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** The value as of the last frame on screen. What is made of it follows in the frames after, a key pressed meanwhile first. */
export function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => afterPaint(() => startTransition(() => setPainted(value))), [value]);
  return painted;
}

/**
 * A part of a store as of the last frame on screen; the component is not even asked before. Equal parts are one.
 *
 * @param pick the same function on every render
 */
export function usePaintedState<State, Part>(
  store: Pick<UseBoundStore<StoreApi<State>>, 'getState' | 'subscribe'>,
  pick: (state: State) => Part,
): Part {
  const [painted, setPainted] = useState(() => pick(store.getState()));
  useEffect(() => {
    let takeBack: (() => void) | undefined;
    const follow = (): void => {
      takeBack?.();
      takeBack = afterPaint(() => startTransition(() => setPainted(() => pick(store.getState()))));
    };
    // What changed between the first render and now.
    follow();
    const leave = store.subscribe(follow);
    return () => {
      leave();
      takeBack?.();
    };
  }, [store, pick]);
  return painted;
}
