import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEngine } from '../api/engine-context.tsx';
import { notifyError } from '../api/notify.ts';
import { useKeyDispatch, useKeys } from '../keys/use-keys.ts';
import { showPanel, togglePanel } from '../state/dock.ts';
import { useField } from '../state/field.ts';
import { useHistory } from '../state/history.ts';
import { useRecipeView } from '../state/recipe-view.ts';
import { useSelection } from '../state/selection.ts';
import { THRESHOLD_STEP, useThreshold } from '../state/threshold.ts';
import { useView } from '../state/view.ts';

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#goto')?.select();
}

/** Frames in which a panel that comes to the front is waited for: half a second. */
const FRAMES_TO_SHOW = 30;

function showQueue(): void {
  showPanel('labels');
  focusWhenShown('#begin-queue', FRAMES_TO_SHOW);
}

/** Behind another tab it is no part of the page yet, and a panel may take a few frames to be drawn. */
function focusWhenShown(selector: string, framesLeft: number): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus();
    if (framesLeft > 1 && (element === null || document.activeElement !== element)) {
      focusWhenShown(selector, framesLeft - 1);
    }
  });
}

function moveThreshold(step: number): void {
  const { threshold, setThreshold } = useThreshold.getState();
  setThreshold(threshold + step);
}

/** A text field takes back its own typing. */
const isInTextField = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');

const history = (act: 'undo' | 'redo') => (event: KeyboardEvent) => {
  if (isInTextField(event)) return false;
  const replayed = useHistory.getState()[act]();
  replayed.catch((error: unknown) =>
    notifyError(act === 'undo' ? 'It was not taken back' : 'It was not done again', error),
  );
  return undefined;
};

function toggleFullScreen(): void {
  const change =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  change.catch((error: unknown) => notifyError('Full screen is not to be had', error));
}

/** Listens to the keys of the window, and obeys those that belong to no panel. */
export function useWindowKeys(): void {
  const engine = useEngine();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  useKeyDispatch();
  useKeys({
    'go-to': focusSearch,
    open: () => useView.getState().set({ dialog: 'open' }),
    export: () => {
      if (useField.getState().project != null) useView.getState().set({ dialog: 'export' });
    },
    recipe: () => useRecipeView.getState().show(),
    'close-field': () => {
      if (useField.getState().project == null) return;
      engine.project.close().catch((error: unknown) => notifyError('The field was not closed', error));
    },
    undo: history('undo'),
    redo: history('redo'),
    'field-panel': () => togglePanel('field'),
    theme: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
    'full-screen': toggleFullScreen,
    cancel: () => useSelection.getState().select(undefined),
    help: () => useView.getState().set({ dialog: 'keys' }),
    'label-queue': showQueue,
    'threshold-down': () => moveThreshold(-THRESHOLD_STEP),
    'threshold-up': () => moveThreshold(THRESHOLD_STEP),
  });
}
