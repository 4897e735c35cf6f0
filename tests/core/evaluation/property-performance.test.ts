import { describe, expect, test } from 'vitest';
import {
  binByProperty,
  evenEdges,
  performanceByProperty,
  propertyEdges,
  propertyIntervals,
  quantileEdges,
} from '../../../src/core/evaluation/property-performance.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';

const rows = scoredRows({
  isMc: Uint8Array.of(1, 0, 1, 0, 1, 0),
  probability: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.7, 0.3),
  isSisg: new Uint8Array(6),
  group: Int32Array.of(0, 1, 2, 3, 4, 5),
  groupCount: 6,
});

describe('performance as a function of a property', () => {
  test('a missing property is counted as missing and falls into no bin', () => {
    const bins = binByProperty(rows, [1, 2, Number.NaN, 4, 5, 6], [1, 3, 6]);
    expect(bins.missing).toBe(1);
    expect([...bins.binOf]).toEqual([0, 0, -1, 1, 1, 1]);
  });

  test('a value on an inner edge belongs to the upper bin, the last edge to the last bin', () => {
    const { binOf } = binByProperty(rows, [1, 2, 2.999, 3, 5, 6], [1, 3, 6]);
    expect([...binOf]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  test('each bin has its own counts and metrics; recall without MC rows is undefined there', () => {
    const bins = binByProperty(rows, [1, 5, 1, 5, 1, 5], [0, 3, 6]);
    const [low, high] = performanceByProperty(bins, 0.5, 'raw');
    expect(low!.counts).toEqual({ truePositive: 2, falsePositive: 0, falseNegative: 1, trueNegative: 0 });
    expect(high!.metrics.recall).toEqual({ defined: false, reason: 'no row is MC' });
    expect(high!.metrics.accuracy).toEqual({ defined: true, value: 2 / 3 });
    const intervals = propertyIntervals(rows, bins, 0.5, 'raw', { seed: 1, resampleCount: 200 });
    // Three sources are too few to resample: Wilson's interval of two of three.
    expect(intervals[0]!.recall).toMatchObject({ by: 'wilson' });
    expect(intervals[0]!.recall!.low).toBeLessThan(2 / 3);
    expect(intervals[1]!.recall).toBeUndefined();
  });
});

describe('edges', () => {
  test('of no finite value are none; of one value a bin of no width that holds it', () => {
    expect(quantileEdges([Number.NaN], 4).length).toBe(0);
    const edges = quantileEdges([3, 3, 3], 4);
    expect([...binByProperty(rows, [3, 3, 3, 3, 3, 3], edges).binOf]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('by quantile hold about as many values each', () => {
    const values = Float64Array.from({ length: 1000 }, (_, at) => at ** 2);
    const edges = quantileEdges(values, 4);
    for (let bin = 0; bin < 4; bin++) {
      const held = values.filter((value) => value >= edges[bin]! && value < edges[bin + 1]!).length;
      expect(Math.abs(held - 250)).toBeLessThanOrEqual(1);
    }
  });

  test('even in the logarithm multiply by one factor', () => {
    expect([...evenEdges(1, 1000, 3, true)].map((edge) => Math.round(edge))).toEqual([1, 10, 100, 1000]);
  });

  test('of few whole numbers give each its own bin; of a long tail the last bin reaches to its end', () => {
    expect([...propertyEdges([0, 0, 1, 2, Number.NaN], 8, false)]).toEqual([0, 1, 2, 3]);
    const values = [...Array.from({ length: 999 }, (_, at) => at / 10), 5000];
    const edges = propertyEdges(values, 4, false);
    expect(edges[3]).toBeLessThan(100);
    expect(edges[4]).toBe(5000);
  });

  test('on a logarithmic axis leave out 0 and below', () => {
    expect(propertyEdges([-1, 0, 1, 100], 2, true)[0]).toBe(1);
    expect(propertyEdges([0, -1], 2, true).length).toBe(0);
  });
});
