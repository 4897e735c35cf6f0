import { useSelection } from '../../state/selection.ts';

/** A source has to stay on the page for at least so long before the sky follows [ms]. */
const FOLLOWS_AFTER_MS = 600;
/** However slowly the sky is drawn, it follows after so long [ms]. */
const FOLLOWS_AT_LAST_MS = 3000;
/** Frames in which the sky that followed is drawn: moved, its tiles, its marks. */
const FRAMES_OF_SKY = 3;
/** A frame that nothing holds up [ms]. */
const QUIET_FRAME_MS = 17;
/** Of a sky that was not drawn yet: the first step of a queue must not find out. */
const HELD_UP_AT_FIRST_MS = 500;
/** The sky is drawn only where a rest is likely to be so many times longer than the drawing. */
const REST_FOR_DRAWING = 2;

/** One per window, as its sky: what waits, and what the last drawing held up [ms]. */
const sky: { waiting?: ReturnType<typeof setTimeout>; heldUpMs: number } = {
  heldUpMs: HELD_UP_AT_FIRST_MS,
};

/**
 * The page of the source at once; the sky, and what waits for it, when the labeller rests. A graphics chip draws the sky
 * beside the page and follows soon; a machine that draws it in software holds up the next source for as long as it
 * draws, so that it follows after a rest that says the labeller looks closer.
 */
export function showBeforeSky(row: number): void {
  clearTimeout(sky.waiting);
  useSelection.getState().select(row, 'waits');
  // Counted from the painted page: a slow machine must not draw both at once.
  afterPaint(() => {
    clearTimeout(sky.waiting);
    const rest = FOLLOWS_AFTER_MS + REST_FOR_DRAWING * sky.heldUpMs;
    sky.waiting = setTimeout(follow, Math.min(rest, FOLLOWS_AT_LAST_MS));
  });
}

function follow(): void {
  const start = performance.now();
  useSelection.getState().followSky();
  afterFrames(FRAMES_OF_SKY, () => {
    sky.heldUpMs = Math.max(0, performance.now() - start - FRAMES_OF_SKY * QUIET_FRAME_MS);
  });
}

/** When the frame that is due has been painted: what may wait must not hold it up. */
export const afterPaint = (work: () => void): void => void requestAnimationFrame(() => setTimeout(work));

function afterFrames(count: number, work: () => void): void {
  if (count === 0) work();
  else afterPaint(() => afterFrames(count - 1, work));
}
