/** Batches that the rate is averaged over: enough to be steady, few enough to follow a change. */
const BATCHES = 20;

export interface RunRate {
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Measures how fast a run goes, from the times at which its batches were stored. */
export interface RateMeter {
  /** @param rowsDone rows stored so far @param nowMs clock [ms] */
  measure(rowsDone: number, rowsTotal: number, nowMs: number): RunRate;
}

export function createRateMeter(): RateMeter {
  const points: { readonly rowsDone: number; readonly atMs: number }[] = [];
  return {
    measure(rowsDone, rowsTotal, nowMs) {
      points.push({ rowsDone, atMs: nowMs });
      if (points.length > BATCHES + 1) points.shift();
      const first = points[0]!;
      const seconds = (nowMs - first.atMs) / 1000;
      const rows = rowsDone - first.rowsDone;
      if (seconds <= 0 || rows <= 0) return { rowsPerSecond: null, secondsLeft: null };
      const rowsPerSecond = rows / seconds;
      return { rowsPerSecond, secondsLeft: (rowsTotal - rowsDone) / rowsPerSecond };
    },
  };
}
