import { create } from 'zustand';
import { useHistory } from './history.ts';

export const THRESHOLD_STEP = 0.01;

/** Time to look at one flagged source [s]; the anchor tools' own inspection takes about this long. */
export const DEFAULT_SECONDS_PER_SOURCE = 10;

interface ThresholdState {
  /** P(MC) at and above which a source is flagged [0..1]. */
  readonly threshold: number;
  readonly secondsPerSource: number;
  /** The astronomer's own move, which can be taken back. */
  readonly setThreshold: (threshold: number) => void;
  /** The threshold of a model or of a stored session: nobody moved it, so there is nothing to take back. */
  readonly adoptThreshold: (threshold: number) => void;
  readonly setSecondsPerSource: (seconds: number) => void;
}

/** Digits of a threshold after the point: as many as the bar shows, so that what is read is what is applied. */
export const THRESHOLD_DECIMALS = 3;
const rounded = (value: number): number => Number(Math.min(1, Math.max(0, value)).toFixed(THRESHOLD_DECIMALS));

export const useThreshold = create<ThresholdState>()((set, get) => ({
  threshold: 0.5,
  secondsPerSource: DEFAULT_SECONDS_PER_SOURCE,
  setThreshold: (wanted) => {
    const before = get().threshold;
    const threshold = rounded(wanted);
    if (!Number.isFinite(wanted) || threshold === before) return;
    set({ threshold });
    useHistory.getState().record({
      label: `threshold to ${threshold}`,
      gesture: 'threshold',
      undo: () => set({ threshold: before }),
      redo: () => set({ threshold }),
    });
  },
  adoptThreshold: (threshold) => {
    if (Number.isFinite(threshold)) set({ threshold: rounded(threshold) });
  },
  setSecondsPerSource: (secondsPerSource) => {
    if (secondsPerSource > 0) set({ secondsPerSource });
  },
}));
