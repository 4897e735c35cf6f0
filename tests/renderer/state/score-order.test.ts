import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAtOrAbove, histogramOf, sortedScores } from '../../../src/renderer/state/score-order.ts';

const scores = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN)), {
  maxLength: 200,
});

describe('the flagged count', () => {
  it('a SISG row is never flagged, whatever its score', () => {
    const sorted = sortedScores(Float64Array.of(0.99, 0.98, Number.NaN), Uint8Array.of(1, 0, 0));
    expect(countAtOrAbove(sorted, 0)).toBe(1);
  });

  it('a source exactly at the threshold is flagged', () => {
    expect(countAtOrAbove(Float64Array.of(0.2, 0.5, 0.5, 0.9), 0.5)).toBe(3);
  });

  it('agrees with counting every row', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (values, threshold) => {
        const sorted = sortedScores(Float64Array.from(values), undefined);
        expect(countAtOrAbove(sorted, threshold)).toBe(values.filter((value) => value >= threshold).length);
      }),
      { seed: 5 },
    );
  });

  it('the histogram holds every score once, also 1', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const sorted = sortedScores(Float64Array.from(values), undefined);
        expect(histogramOf(sorted, 100).reduce((sum, bin) => sum + bin, 0)).toBe(sorted.length);
      }),
      { seed: 6 },
    );
    expect(histogramOf(Float64Array.of(1), 10)[9]).toBe(1);
  });
});
