/** Told how far a stage is: share done (0 … 1) and what is being done. */
export type Progress = (fraction: number, label: string) => void;

/** The part [from, to] of a larger piece of work. */
export const partOf =
  (progress: Progress, from: number, to: number): Progress =>
  (fraction, label) =>
    progress(from + (to - from) * fraction, label);
