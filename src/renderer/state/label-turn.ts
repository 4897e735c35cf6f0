/**
 * One per window: two key presses must not label two sources while only one was seen. An act that leads to another source
 * holds back the next one for good; after one that stays, a note or a star, the next has its turn.
 */
export const labelTurn: { isTaken: boolean; leadsOn: boolean; ended: Promise<void> } = {
  isTaken: false,
  leadsOn: false,
  ended: Promise.resolve(),
};

/** Begins when no act about labels is under way, and at once where none is. */
export function whenNoLabelIsUnderWay(begin: () => void): void {
  if (labelTurn.isTaken) void labelTurn.ended.then(() => whenNoLabelIsUnderWay(begin));
  else begin();
}
