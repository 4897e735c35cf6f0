import { useEffect } from 'react';
import { VOCABULARIES } from '../../../core/labels/label-words.ts';
import { isTyping } from '../../components/is-typing.ts';
import { useLabels } from '../../state/labels.ts';
import type { LabelActs } from './label-acts.ts';

/**
 * One-hand keys: digits label the selected source, ← and → walk through the queue, u takes the last label back, s stars.
 * Ctrl+Z takes back whatever was done last (`state/history.ts`). A key that is held down counts once.
 */
export function useLabelKeys(acts: LabelActs): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isCommand = event.altKey || event.ctrlKey || event.metaKey;
      if (isCommand || event.defaultPrevented || isTyping(event.target)) return;
      const action = actionOf(event, acts);
      if (action === undefined) return;
      event.preventDefault();
      if (!event.repeat) action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [acts]);
}

/** Where the arrows already mean something: sliders, lists, tabs, the sky. */
const USES_ARROWS =
  '[role="slider"], [role="listbox"], [role="tablist"], [role="radiogroup"], [role="separator"], canvas';

function actionOf({ key, target }: KeyboardEvent, acts: LabelActs): (() => void) | undefined {
  const word = /^[1-9]$/.test(key) ? VOCABULARIES[useLabels.getState().vocabulary][Number(key) - 1] : undefined;
  if (word !== undefined) return () => acts.give(word);
  if (key === 'u') return acts.undo;
  if (key === 's') return acts.toggleStar;
  if (target instanceof Element && target.closest(USES_ARROWS) !== null) return undefined;
  if (key === 'ArrowRight') return () => acts.step(1);
  if (key === 'ArrowLeft') return () => acts.step(-1);
  return undefined;
}
