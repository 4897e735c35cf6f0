import { create } from 'zustand';
import { useThreshold } from './threshold.ts';

/** A drag that stands still for so long rests [ms]. */
const RESTING_MS = 150;

interface RestingThresholdState {
  readonly threshold: number;
}

/**
 * The threshold where a drag rests. What asks the engine or a worker follows this one; what is on screen follows
 * `useThreshold`, in the frame of the step.
 */
export const useRestingThreshold = create<RestingThresholdState>()(() => ({
  threshold: useThreshold.getState().threshold,
}));

/** Lets the resting threshold follow the moving one for the life of the window. */
export function keepRestingThreshold(): void {
  let step = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  useThreshold.subscribe(({ threshold }, before) => {
    if (threshold === before.threshold) return;
    const mine = ++step;
    clearTimeout(resting);
    // From the frame on that shows the step: nothing that rest sets off falls into a step, however long its frame takes.
    afterNextFrame(() => {
      if (mine !== step) return;
      resting = setTimeout(() => useRestingThreshold.setState({ threshold }), RESTING_MS);
    });
  });
}

/** A frame is shown when the one after it begins. */
function afterNextFrame(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
