import type { Metric } from './metric.ts';
import { ratioMetric } from './metric.ts';

/** Rows whose probability lies in low < p ≤ high (the first bin holds 0 too, as scikit-learn bins them). */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly mc: number;
  /** Mean probability and share of MC rows; undefined in an empty bin. */
  readonly meanProbability: Metric;
  readonly mcShare: Metric;
}

export const RELIABILITY_BINS = 10;

/**
 * Brier score: mean squared difference of probability and truth, lower is better. Undefined without rows.
 * @param weight how often each row counts; once where absent
 */
export function brierScore(
  isMc: ArrayLike<number>,
  probability: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Metric {
  let [sum, rows] = [0, 0];
  for (let row = 0; row < isMc.length; row++) {
    const times = weight?.[row] ?? 1;
    sum += times * (probability[row]! - isMc[row]!) ** 2;
    rows += times;
  }
  return ratioMetric(sum, rows, 'there are no rows');
}

/** Bin of each probability [0 … 1] among `binCount` equal ones. */
export function reliabilityBinOf(probability: ArrayLike<number>, binCount = RELIABILITY_BINS): Uint8Array {
  const step = 1 / binCount;
  return Uint8Array.from(probability, (value) => {
    let bin = Math.min(binCount - 1, Math.max(0, Math.ceil(value * binCount) - 1));
    // The edges are multiples of the step, as numpy makes them; the product above may round across one.
    if (bin > 0 && value <= bin * step) bin--;
    if (bin < binCount - 1 && value > (bin + 1) * step) bin++;
    return bin;
  });
}

/** The reliability diagram: how often rows of a given probability are MC. */
export function reliabilityBins(
  isMc: ArrayLike<number>,
  probability: ArrayLike<number>,
  binCount = RELIABILITY_BINS,
): readonly ReliabilityBin[] {
  const binOf = reliabilityBinOf(probability, binCount);
  const [rows, mc, sum] = [new Float64Array(binCount), new Float64Array(binCount), new Float64Array(binCount)];
  binOf.forEach((bin, row) => {
    rows[bin]! += 1;
    mc[bin]! += isMc[row]!;
    sum[bin]! += probability[row]!;
  });
  return Array.from(rows, (count, bin) => ({
    low: bin / binCount,
    high: (bin + 1) / binCount,
    rows: count,
    mc: mc[bin]!,
    meanProbability: ratioMetric(sum[bin]!, count, 'no row is in this bin'),
    mcShare: ratioMetric(mc[bin]!, count, 'no row is in this bin'),
  }));
}

/**
 * Expected calibration error: mean over rows of the distance between their bin's probability and its share of MC
 * (Naeini et al. 2015, AAAI-15, eq. 3), lower is better. Undefined without rows.
 * @param binOf from `reliabilityBinOf`; made where absent
 */
export function expectedCalibrationError(
  isMc: ArrayLike<number>,
  probability: ArrayLike<number>,
  weight?: ArrayLike<number>,
  binOf = reliabilityBinOf(probability),
): Metric {
  const excess = new Float64Array(RELIABILITY_BINS);
  let rows = 0;
  for (let row = 0; row < isMc.length; row++) {
    const times = weight?.[row] ?? 1;
    rows += times;
    excess[binOf[row]!]! += times * (probability[row]! - isMc[row]!);
  }
  return ratioMetric(
    excess.reduce((sum, value) => sum + Math.abs(value), 0),
    rows,
    'there are no rows',
  );
}
