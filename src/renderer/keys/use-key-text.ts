import { keysOf, useBindings } from './bindings.ts';
import { chordText, isMac } from './chord.ts';
import type { KeyCommandId } from './key-table.ts';

/** Says which key a command has now, as it is written on keys; undefined where it has none. The first, where it has several. */
export function useKeyText(): (command: KeyCommandId) => string | undefined {
  const chosen = useBindings((state) => state.chosen);
  return (command) => {
    const [chord] = keysOf(chosen, command);
    return chord === undefined ? undefined : chordText(chord, isMac());
  };
}

/** What a control does, with its key where it has one: `Star (s)`. */
export const hinted = (does: string, key: string | undefined): string =>
  key === undefined ? does : `${does} (${key})`;
