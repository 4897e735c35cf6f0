import { VOCABULARIES } from '../../../core/labels/label-words.ts';
import type { KeyCommandId } from '../../keys/key-table.ts';
import type { KeyHandler } from '../../keys/use-keys.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useLabels } from '../../state/labels.ts';
import type { LabelActs } from './label-acts.ts';

/** Where the arrows already mean something: sliders, lists, tabs, the sky. */
const USES_ARROWS =
  '[role="slider"], [role="listbox"], [role="tablist"], [role="radiogroup"], [role="separator"], canvas';

/** The keys of the words, in their order. */
export const WORD_COMMANDS = [
  'label-1',
  'label-2',
  'label-3',
  'label-4',
  'label-5',
  'label-6',
  'label-7',
  'label-8',
  'label-9',
] as const satisfies readonly KeyCommandId[];

/** A key that is held down counts once; an act that answers `false` leaves the key to others. */
const once =
  (act: () => unknown): KeyHandler =>
  (event) =>
    !event.repeat && act() === false ? false : undefined;

/**
 * One-hand keys: digits label the selected source, ← and → walk through the queue, u takes the last label back, s stars.
 * Ctrl+Z takes back whatever was done last (`state/history.ts`).
 */
export function useLabelKeys(acts: LabelActs): void {
  /** `false` where the vocabulary in use is shorter. */
  const give = (place: number): KeyHandler =>
    once(() => {
      const word = VOCABULARIES[useLabels.getState().vocabulary][place];
      if (word === undefined) return false;
      acts.give(word);
      return true;
    });
  const step =
    (by: 1 | -1): KeyHandler =>
    (event) => {
      const { target } = event;
      if (target instanceof Element && target.closest(USES_ARROWS) !== null) return false;
      return once(() => acts.step(by))(event);
    };
  useKeys({
    ...Object.fromEntries(WORD_COMMANDS.map((command, place) => [command, give(place)])),
    'label-undo': once(acts.undo),
    'label-star': once(acts.toggleStar),
    'queue-next': step(1),
    'queue-previous': step(-1),
  });
}
