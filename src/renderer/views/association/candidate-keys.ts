import { useEffect, useRef } from 'react';
import { isTyping } from '../../components/is-typing.ts';

/** One key per component, under the left hand; letters that mean something elsewhere (s, f, u) are left out. */
export const COMPONENT_KEYS = ['q', 'w', 'e', 'r', 't', 'z', 'x', 'c', 'v', 'y', 'h', 'j'] as const;
const KEEP_KEY = 'g';

/** Letters toggle components and `g` keeps the group, while the group is on the screen. */
export function useCandidateKeys(rows: readonly number[], toggle: (row: number) => void, keep: () => void): void {
  const latest = useRef({ rows, toggle, keep });
  useEffect(() => {
    latest.current = { rows, toggle, keep };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
      const row = latest.current.rows[COMPONENT_KEYS.findIndex((letter) => letter === event.key)];
      if (row === undefined && event.key !== KEEP_KEY) return;
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
