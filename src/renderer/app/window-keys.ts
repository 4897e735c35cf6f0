import { useEffect } from 'react';
import { THRESHOLD_STEP, useThreshold } from '../state/threshold.ts';
import { useView } from '../state/view.ts';

/** Where letters are text and arrows move a caret. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/ or Ctrl+K', 'Go to a source, a row or a position'],
  ['[ and ]', 'Threshold down and up by 0.01'],
  ['↑ and ↓ in the table', 'Previous and next source'],
  ['← and → on the bar', 'Threshold down and up by 0.01'],
  ['+ and −', 'Zoom the sky in and out'],
  ['0', 'Whole field'],
  ['Wheel, drag', 'Zoom at the pointer, pan'],
  ['Ctrl+O', 'Open a field'],
  ['Ctrl+B', 'Show or hide the field panel'],
  ['Esc', 'Close a dialog, leave a text box'],
  ['?', 'This list'],
];

/** Keys of the whole window. Single letters work only while no text box has the focus. */
export function useWindowKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const view = useView.getState();
      const { threshold, setThreshold } = useThreshold.getState();
      const withControl = event.ctrlKey || event.metaKey;
      const take = (action: () => void): void => {
        event.preventDefault();
        action();
      };
      if (withControl && event.key === 'o') return take(() => view.set({ dialog: 'open' }));
      if (withControl && event.key === 'b') return take(() => view.set({ isFieldShown: !view.isFieldShown }));
      if (withControl && event.key === 'k') return take(focusSearch);
      if (withControl || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') return take(() => view.set({ dialog: 'keys' }));
      if (event.key === '/') return take(focusSearch);
      if (event.key === '[') return take(() => setThreshold(threshold - THRESHOLD_STEP));
      if (event.key === ']') return take(() => setThreshold(threshold + THRESHOLD_STEP));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#goto')?.select();
}
