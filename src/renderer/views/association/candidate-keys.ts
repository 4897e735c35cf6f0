import { useEffect, useRef } from 'react';
import { isTyping } from '../../components/is-typing.ts';
import { commandOf, useBindings } from '../../keys/bindings.ts';
import { chordOf } from '../../keys/chord.ts';
import type { KeyCommandId } from '../../keys/key-table.ts';
import { useKeyText } from '../../keys/use-key-text.ts';

/** One key per component, nearest first. */
const COMPONENT_COMMANDS: readonly KeyCommandId[] = [
  'component-1',
  'component-2',
  'component-3',
  'component-4',
  'component-5',
  'component-6',
  'component-7',
  'component-8',
  'component-9',
  'component-10',
  'component-11',
  'component-12',
];

/** The keys as they are written: of each component, undefined beyond the last that has one, and of keeping the group. */
export function useCandidateKeyTexts(): {
  readonly components: readonly (string | undefined)[];
  readonly keep: string;
} {
  const textOf = useKeyText();
  return { components: COMPONENT_COMMANDS.map(textOf), keep: textOf('keep-group') ?? '' };
}

/** Keys toggle components and keep the group, while the group is on the screen. */
export function useCandidateKeys(rows: readonly number[], toggle: (row: number) => void, keep: () => void): void {
  const latest = useRef({ rows, toggle, keep });
  useEffect(() => {
    latest.current = { rows, toggle, keep };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isElsewhere = isTyping(event.target) || document.querySelector('[role="dialog"]') !== null;
      const chord = event.defaultPrevented || isElsewhere ? undefined : chordOf(event);
      const command = chord === undefined ? undefined : commandOf(useBindings.getState().chosen, chord, 'group');
      if (command === undefined) return;
      const row = latest.current.rows[COMPONENT_COMMANDS.indexOf(command)];
      if (row === undefined && command !== 'keep-group') return;
      event.preventDefault();
      if (event.repeat) return;
      if (row === undefined) latest.current.keep();
      else latest.current.toggle(row);
    };
    // Before the window's own keys: these are the nearer ones.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
