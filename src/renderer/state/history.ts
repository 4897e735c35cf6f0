import { create } from 'zustand';

/** One thing that the astronomer did and can take back. */
export interface Step {
  /** What was done, as "threshold to 0.62": the menu says "Undo threshold to 0.62". */
  readonly label: string;
  readonly undo: () => void | Promise<void>;
  readonly redo: () => void | Promise<void>;
  /**
   * Steps of one name that follow each other quickly are one act: a drag of the threshold, a walk through the table with
   * the arrow keys. Taking it back returns to where it began.
   */
  readonly gesture?: string;
}

interface HistoryState {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  /** Notes what was just done; what had been taken back before can then not be redone. */
  readonly record: (step: Step) => void;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** For another field: its past is not this one's. */
  readonly clear: () => void;
}

const MOST_STEPS = 200;
/** Two steps of one gesture lie no farther apart [ms]. */
const GESTURE_GAP_MS = 800;

/** @param now milliseconds that only grow */
export function createHistory(now: () => number) {
  let lastAt = -Infinity;
  /** While a step is being taken back or redone, what it changes is not recorded again. */
  let isReplaying = false;

  const replay = async (action: Step['undo']): Promise<void> => {
    isReplaying = true;
    try {
      await action();
    } finally {
      isReplaying = false;
      lastAt = -Infinity;
    }
  };

  return create<HistoryState>()((set, get) => ({
    done: [],
    undone: [],
    record: (step) => {
      if (isReplaying) return;
      const { done } = get();
      const last = done.at(-1);
      const at = now();
      const continues = step.gesture !== undefined && last?.gesture === step.gesture && at - lastAt <= GESTURE_GAP_MS;
      lastAt = at;
      set({
        done: continues ? [...done.slice(0, -1), { ...step, undo: last.undo }] : [...done, step].slice(-MOST_STEPS),
        undone: [],
      });
    },
    undo: async () => {
      const step = get().done.at(-1);
      if (step === undefined || isReplaying) return;
      await replay(step.undo);
      set({ done: get().done.slice(0, -1), undone: [...get().undone, step] });
    },
    redo: async () => {
      const step = get().undone.at(-1);
      if (step === undefined || isReplaying) return;
      await replay(step.redo);
      set({ done: [...get().done, step], undone: get().undone.slice(0, -1) });
    },
    clear: () => {
      lastAt = -Infinity;
      set({ done: [], undone: [] });
    },
  }));
}

/**
 * What was done in this window, newest last. Whatever changes what the astronomer said or chose records a step: labels,
 * threshold, selection, associations.
 */
export const useHistory = createHistory(() => performance.now());
