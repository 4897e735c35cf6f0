/** IRAF's parameters, which DS9 and astropy take over. */
const SAMPLES = 1000;
const CONTRAST = 0.25;
const MOST_REJECTED = 0.5;
const FEWEST_PIXELS = 5;
const REJECTION_SIGMA = 2.5;
const MOST_ROUNDS = 5;
/** Share of the samples by which a rejected run is grown. */
const GROWTH = 0.01;

export interface Limits {
  readonly low: number;
  readonly high: number;
}

/**
 * IRAF's zscale: limits about the median from the slope of the sorted samples, outliers left out of the fit (as
 * astropy 5.2 `ZScaleInterval` with its defaults; NOAO `display`, algorithm ZSCALE).
 * @param values finite pixels in any order; every n-th is used so that about a thousand are
 * @returns NaN limits where there is no value
 */
export function zscale(values: Float64Array): Limits {
  const stride = Math.max(1, Math.floor(values.length / SAMPLES));
  const count = Math.min(SAMPLES, Math.ceil(values.length / stride));
  if (count === 0) return { low: Number.NaN, high: Number.NaN };
  const samples = Float64Array.from({ length: count }, (_, k) => values[k * stride]!).sort();
  const [smallest, largest] = [samples[0]!, samples[count - 1]!];
  const fewestGood = Math.max(FEWEST_PIXELS, Math.floor(count * MOST_REJECTED));
  const { slope, goodCount } = clippedSlope(samples, fewestGood);
  if (goodCount < fewestGood) return { low: smallest, high: largest };
  const centre = Math.floor((count - 1) / 2);
  const median = (samples[centre]! + samples[count >> 1]!) / 2;
  const perSample = slope / CONTRAST;
  return {
    low: Math.max(smallest, median - (centre - 1) * perSample),
    high: Math.min(largest, median + (count - centre) * perSample),
  };
}

/** Slope of a line through the sorted samples, samples off it rejected round by round. */
function clippedSlope(samples: Float64Array, fewestGood: number): { slope: number; goodCount: number } {
  const count = samples.length;
  const growBy = Math.max(1, Math.floor(count * GROWTH));
  let isBad = new Uint8Array(count);
  let goodCount = count;
  let lastGoodCount = count + 1;
  let slope = 0;
  for (let round = 0; round < MOST_ROUNDS && goodCount < lastGoodCount && goodCount >= fewestGood; round++) {
    const line = fitLine(samples, isBad);
    slope = line.slope;
    const rest = samples.map((value, k) => value - (line.offset + line.slope * k));
    const threshold = REJECTION_SIGMA * spreadOf(rest, isBad);
    const found = isBad.map((flag, k) => (flag === 1 || Math.abs(rest[k]!) > threshold ? 1 : 0));
    isBad = grown(found, growBy);
    lastGoodCount = goodCount;
    goodCount = isBad.reduce((sum, flag) => sum - flag, count);
  }
  return { slope, goodCount };
}

function fitLine(samples: Float64Array, isBad: Uint8Array): { slope: number; offset: number } {
  let [count, sumX, sumY] = [0, 0, 0];
  samples.forEach((value, k) => {
    if (isBad[k] === 1) return;
    count++;
    sumX += k;
    sumY += value;
  });
  const [meanX, meanY] = [sumX / count, sumY / count];
  let [varianceX, covariance] = [0, 0];
  samples.forEach((value, k) => {
    if (isBad[k] === 1) return;
    varianceX += (k - meanX) ** 2;
    covariance += (k - meanX) * (value - meanY);
  });
  const slope = varianceX > 0 ? covariance / varianceX : 0;
  return { slope, offset: meanY - slope * meanX };
}

/** Population standard deviation of what is not bad. */
function spreadOf(rest: Float64Array, isBad: Uint8Array): number {
  const good = rest.filter((_, k) => isBad[k] === 0);
  const mean = good.reduce((sum, value) => sum + value, 0) / good.length;
  return Math.sqrt(good.reduce((sum, value) => sum + (value - mean) ** 2, 0) / good.length);
}

/** Marks every sample within a window of `width` about a marked one, as numpy's `convolve(…, mode='same')` does. */
function grown(marks: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const ahead = Math.floor((width - 1) / 2);
  const result = new Uint8Array(marks.length);
  for (let k = 0; k < marks.length; k++) {
    const first = Math.max(0, k + ahead - (width - 1));
    const last = Math.min(marks.length - 1, k + ahead);
    for (let j = first; j <= last && result[k] === 0; j++) result[k] = marks[j]!;
  }
  return result;
}
