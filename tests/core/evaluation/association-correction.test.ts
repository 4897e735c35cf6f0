import { describe, expect, test } from 'vitest';
import { correctedPredictions, correctedScores } from '../../../src/core/evaluation/association-correction.ts';
import type { ConfusionCounts } from '../../../src/core/evaluation/confusion.ts';
import { evaluatePredictions } from '../../../src/core/evaluation/evaluate-predictions.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import { countsAt, scoreTable } from '../../../src/core/evaluation/score-table.ts';

// Two double sources (groups 0 and 1), a single (2) and a gated SISG piece of the first double.
const isMc = [1, 1, 1, 1, 0, 1];
const score = [0.9, 0.1, 0.2, 0.3, 0.7, Number.NaN];
const group = [0, 0, 1, 1, 2, 0];

describe('the association correction', () => {
  const codesAt = (mc: number[], scores: number[], sources: number[], groupCount: number): number[] => [
    ...correctedPredictions(scores, correctedScores(mc, scores, sources, groupCount), 0.5),
  ];
  const codes = codesAt(isMc, score, group, 3);

  test('recovers a missed row when another row of its source is flagged, gated rows too', () => {
    expect(codes).toEqual([1, 2, 0, 0, 1, 2]);
  });

  test('moves recovered rows to the true positives and leaves S rows alone', () => {
    const table = scoreTable(
      scoredRows({
        isMc: Uint8Array.from(isMc),
        probability: Float64Array.from(score),
        isSisg: Uint8Array.from(score, (value) => (Number.isNaN(value) ? 1 : 0)),
        group: Int32Array.from(group),
        groupCount: 3,
      }),
    );
    expect(countsAt(table, 0.5, 'moved')).toEqual({
      truePositive: 3,
      falsePositive: 1,
      falseNegative: 2,
      trueNegative: 0,
    });
  });

  test('a gated row triggers nothing', () => {
    expect(codesAt([1, 1], [Number.NaN, 0.1], [0, 0], 1)).toEqual([0, 0]);
  });

  test('an S row is never recovered', () => {
    expect(codesAt([1, 0], [0.9, 0.1], [0, 0], 1)).toEqual([1, 0]);
  });
});

describe('an evaluation with gated rows', () => {
  const evaluation = evaluatePredictions(
    {
      isMc: Uint8Array.from(isMc),
      probability: Float64Array.from([...score.slice(0, 5), 0.99]),
      isSisg: Uint8Array.of(0, 0, 0, 0, 0, 1),
      group: Int32Array.from(group),
      groupCount: 3,
    },
    0.5,
    { seed: 1, resampleCount: 200 },
  );

  test('a SISG row is S at every threshold, whatever its raw probability says', () => {
    expect(evaluation.samples.sisg!.byMode.raw.counts).toEqual({
      truePositive: 0,
      falsePositive: 0,
      falseNegative: 1,
      trueNegative: 0,
    });
    expect(evaluation.codes[5]).toBe(2);
  });

  test('the stated ROC AUC leaves them out; the other has them as the lowest tied score', () => {
    // Of the four MC scores 0.9, 0.1, 0.2, 0.3 one beats the S row's 0.7.
    expect(evaluation.curve.rocAuc.metric).toEqual({ defined: true, value: 1 / 4 });
    expect(evaluation.rocAucWithSisg).toEqual({ defined: true, value: 1 / 5 });
  });

  test('corrected counts have as many rows as uncorrected ones', () => {
    const total = (counts: ConfusionCounts): number =>
      counts.truePositive + counts.falsePositive + counts.falseNegative + counts.trueNegative;
    expect(total(evaluation.samples.all!.byMode.moved.counts)).toBe(total(evaluation.samples.all!.byMode.raw.counts));
  });
});
