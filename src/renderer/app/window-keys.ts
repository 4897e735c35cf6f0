import { useEffect } from 'react';
import { isTyping } from '../components/is-typing.ts';
import { togglePanel } from '../state/dock.ts';
import { useSelection } from '../state/selection.ts';
import { THRESHOLD_STEP, useThreshold } from '../state/threshold.ts';
import { useView } from '../state/view.ts';

export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/ or Ctrl+K', 'Go to a source, a row or a position'],
  ['[ and ]', 'Threshold down and up by 0.01'],
  ['← and → on the bar', 'Threshold down and up by 0.01'],
  ['↑ and ↓ in the table', 'Previous and next source'],
  ['+ and −', 'Zoom the sky in and out'],
  ['0 or F', 'Whole field'],
  ['Arrows on the sky', 'Move the sky'],
  ['Wheel, drag', 'Zoom at the pointer, pan'],
  ['1 to 9', 'Label the selected source; in the label queue, go on to the next'],
  ['u or Ctrl+Z', 'Take the last label back'],
  ['s', 'Star the selected source'],
  ['← and → in the label queue', 'Previous and next source'],
  ['Ctrl+O', 'Open a field'],
  ['Ctrl+B', 'Show or hide the field panel'],
  ['Esc', 'Close a dialog, leave a text box, else deselect'],
  ['?', 'This list'],
];

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#goto')?.select();
}

function moveThreshold(step: number): void {
  const { threshold, setThreshold } = useThreshold.getState();
  setThreshold(threshold + step);
}

/** With Ctrl (⌘ on a Mac): anywhere, also in a text box. */
const WITH_CONTROL: Partial<Record<string, () => void>> = {
  o: () => useView.getState().set({ dialog: 'open' }),
  b: () => togglePanel('field'),
  k: focusSearch,
};

/** Alone: only while no text box has the focus. */
const ALONE: Partial<Record<string, () => void>> = {
  '?': () => useView.getState().set({ dialog: 'keys' }),
  '/': focusSearch,
  Escape: () => useSelection.getState().select(undefined),
  '[': () => moveThreshold(-THRESHOLD_STEP),
  ']': () => moveThreshold(THRESHOLD_STEP),
};

export function useWindowKeys(): void {
  useEffect(() => {
    // A dialog closes itself in the capture phase of the same key press, so whether one was open is noted before that:
    // this listener is older than any dialog's. The focus may not have reached the dialog yet.
    let hadDialog = false;
    const noteDialog = (): void => {
      hadDialog = useView.getState().dialog !== undefined;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || event.defaultPrevented) return;
      const isCommand = event.ctrlKey || event.metaKey;
      if (!isCommand && (hadDialog || isTyping(event.target))) return;
      const action = (isCommand ? WITH_CONTROL : ALONE)[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', noteDialog, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', noteDialog, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
