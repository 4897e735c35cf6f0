/**
 * Something the astronomer may want to know about the data. `warning`: it can change results (a guessed unit, rows that
 * did not join) and should be read before trusting a run; `info`: what was done, as expected.
 */
export interface Notice {
  readonly level: 'info' | 'warning';
  /** One sentence or two, complete in themselves. */
  readonly message: string;
  /** `unit-trap`: values contradict their unit, so that no run starts by itself. */
  readonly topic?: 'unit-trap' | undefined;
}
