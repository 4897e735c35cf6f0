import { useField } from './field.ts';
import { usePredictions } from './predictions.ts';
import { useProgress } from './progress.ts';
import { countAtOrAbove } from './score-order.ts';
import { useThreshold } from './threshold.ts';

/** Whether the shown run's model saw no data. False where there is no run. */
export function useIsUntrained(): boolean {
  const live = useProgress((state) => state.run);
  const stored = useField((state) => state.project?.run);
  const run = live?.run ?? stored;
  return run !== null && run !== undefined && !run.isTrained;
}

/** Sources at or above the threshold, SISG rows left out. */
export function useFlaggedCount(): number {
  const sorted = usePredictions((state) => state.sorted);
  return useThreshold(({ threshold }) => countAtOrAbove(sorted, threshold));
}
