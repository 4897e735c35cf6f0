import { useEffect, useRef } from 'react';
import { isTyping } from '../components/is-typing.ts';
import { commandOf, useBindings } from './bindings.ts';
import { chordOf } from './chord.ts';
import type { KeyCommandId } from './key-table.ts';

/** Obeys a key. `false`: not mine just now, let it go on to whoever bound the same command before, or to the browser. */
export type KeyHandler = (event: KeyboardEvent) => boolean | undefined;

type KeyHandlers = Readonly<Partial<Record<KeyCommandId, KeyHandler | (() => void)>>>;

/** Who obeys keys, the latest first: a view that opens over another takes its keys. */
const obeying: { current: KeyHandlers }[] = [];

/**
 * Binds commands of the key table for as long as the component is there:
 * `useKeys({ 'threshold-up': () => moveThreshold(0.01) })`.
 */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    obeying.unshift(latest);
    return () => void obeying.splice(obeying.indexOf(latest), 1);
  }, []);
}

/** Listens to the window's keys; one place in the program does. */
export function useKeyDispatch(): void {
  useEffect(() => {
    // A dialog closes itself in the capture phase of the same key press, so whether one was open is noted before that:
    // this listener is older than any dialog's. The focus may not have reached the dialog yet.
    let hadDialog = false;
    const noteDialog = (): void => {
      hadDialog = document.querySelector('[role="dialog"]') !== null;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const isCommand = event.ctrlKey || event.metaKey || /^F\d+$/.test(event.key);
      if (!isCommand && (hadDialog || isTyping(event.target))) return;
      const chord = chordOf(event);
      const command = chord === undefined ? undefined : commandOf(useBindings.getState().chosen, chord);
      if (command === undefined) return;
      for (const { current } of obeying) {
        const handler = current[command];
        if (handler === undefined || handler(event) === false) continue;
        event.preventDefault();
        return;
      }
    };
    window.addEventListener('keydown', noteDialog, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', noteDialog, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
