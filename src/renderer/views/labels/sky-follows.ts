import { afterPaint } from '../../state/painted.ts';
import { useSelection } from '../../state/selection.ts';

/** A source has to stay on the page for at least so long before the sky follows [ms]. */
const FOLLOWS_AFTER_MS = 600;
/** However slowly the sky is drawn, it follows after so long [ms]. */
const FOLLOWS_AT_LAST_MS = 3000;
/** A frame that nothing holds up is there within two of the screen's [ms]. */
const QUIET_FRAME_MS = 34;
/** So many of them after each other: the sky is drawn. Its tiles come late, each with slow frames of its own. */
const QUIET_FRAMES = 12;
/** Of a sky that was not drawn yet: the first step of a queue must not find out. */
const HELD_UP_AT_FIRST_MS = 500;
/** The sky is drawn only where a rest is likely to be so many times longer than the drawing. */
const REST_FOR_DRAWING = 2;

/** One per window, as its sky: what waits, what the last drawing held up [ms], and the one that is being drawn. */
const sky: { waiting?: ReturnType<typeof setTimeout>; heldUpMs: number; drawing?: Drawing | undefined } = {
  heldUpMs: HELD_UP_AT_FIRST_MS,
};

/** Times of a drawing that is followed [ms]. */
interface Drawing {
  readonly startMs: number;
  /** End of its last slow frame. */
  slowUntilMs: number;
}

/**
 * The page of the source at once; the sky, and what waits for it, when the labeller rests. A graphics chip draws the sky
 * beside the page and follows soon; a machine that draws it in software holds up the next source for as long as it
 * draws, so that it follows after a rest that says the labeller looks closer.
 */
export function showBeforeSky(row: number): void {
  clearTimeout(sky.waiting);
  settle();
  useSelection.getState().select(row, 'waits');
  // Counted from the painted page: a slow machine must not draw both at once.
  afterPaint(() => {
    clearTimeout(sky.waiting);
    const rest = FOLLOWS_AFTER_MS + REST_FOR_DRAWING * sky.heldUpMs;
    sky.waiting = setTimeout(follow, Math.min(rest, FOLLOWS_AT_LAST_MS));
  });
}

function follow(): void {
  const startMs = performance.now();
  const drawing: Drawing = { startMs, slowUntilMs: startMs };
  sky.drawing = drawing;
  useSelection.getState().followSky();
  watch(drawing, startMs, 0);
}

/** Frame by frame, until enough of them were quiet or the next source is shown. */
function watch(drawing: Drawing, beforeMs: number, quietFrames: number): void {
  requestAnimationFrame(() => {
    if (sky.drawing !== drawing) return;
    const now = performance.now();
    const isQuiet = now - beforeMs < QUIET_FRAME_MS;
    if (!isQuiet) drawing.slowUntilMs = now;
    if (isQuiet && quietFrames + 1 >= QUIET_FRAMES) settle();
    else watch(drawing, now, isQuiet ? quietFrames + 1 : 0);
  });
}

/** What the drawing held up is known, or as much of it as was seen. */
function settle(): void {
  if (sky.drawing === undefined) return;
  sky.heldUpMs = sky.drawing.slowUntilMs - sky.drawing.startMs;
  sky.drawing = undefined;
}
