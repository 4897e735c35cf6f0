import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssociationMode } from '../../../src/core/evaluation/association-correction.ts';
import { cellsAt, CELL } from '../../../src/core/evaluation/cells.ts';
import { totalOf } from '../../../src/core/evaluation/confusion.ts';
import {
  thresholdForCount,
  thresholdForRecall,
  thresholdForWish,
  thresholdOnGrid,
} from '../../../src/core/evaluation/cost-threshold.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import type { ScoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import { countFrom, countsAt, recoveredAt, scoreTable, scoreTables } from '../../../src/core/evaluation/score-table.ts';

/** Few distinct scores and few sources, so that ties and shared sources abound. */
const someRows = fc
  .array(
    fc.record({
      isMc: fc.integer({ min: 0, max: 1 }),
      tenth: fc.integer({ min: 0, max: 10 }),
      isSisg: fc.integer({ min: 0, max: 4 }),
      group: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows): ScoredRows =>
    scoredRows({
      isMc: Uint8Array.from(rows, ({ isMc }) => isMc),
      probability: Float64Array.from(rows, ({ tenth }) => tenth / 10),
      isSisg: Uint8Array.from(rows, ({ isSisg }) => (isSisg === 0 ? 1 : 0)),
      group: Int32Array.from(rows, ({ group }) => group),
      groupCount: 10,
    }),
  );
const aThreshold = fc.integer({ min: 0, max: 20 }).map((twentieth) => twentieth / 20);
const aMode = fc.constantFrom<AssociationMode>('raw', 'moved', 'dropped');

describe('counts from cumulative tables', () => {
  test('are those of going through every row, ties included', () => {
    fc.assert(
      fc.property(someRows, aThreshold, aMode, (rows, threshold, mode) => {
        const cells = cellsAt(rows, threshold, mode);
        const counts = countsAt(scoreTable(rows), threshold, mode);
        expect(counts).toEqual({
          truePositive: cells.filter((cell) => cell === CELL.truePositive).length,
          falsePositive: cells.filter((cell) => cell === CELL.falsePositive).length,
          falseNegative: cells.filter((cell) => cell === CELL.falseNegative).length,
          trueNegative: cells.filter((cell) => cell === CELL.trueNegative).length,
        });
      }),
    );
  });

  test('moved recovered rows keep the number of rows; dropped ones leave it; S rows never change', () => {
    fc.assert(
      fc.property(someRows, aThreshold, (rows, threshold) => {
        const table = scoreTable(rows);
        const [raw, moved, dropped] = (['raw', 'moved', 'dropped'] as const).map((mode) =>
          countsAt(table, threshold, mode),
        );
        expect(totalOf(moved!)).toBe(totalOf(raw!));
        expect(totalOf(dropped!)).toBe(totalOf(raw!) - recoveredAt(table, threshold));
        expect([moved!.falsePositive, moved!.trueNegative]).toEqual([raw!.falsePositive, raw!.trueNegative]);
      }),
    );
  });
});

describe('a threshold from a wish', () => {
  test('recall cannot be had without labels or MC rows', () => {
    expect(thresholdForWish({ kind: 'recall', atLeast: 0.9 }, new Float64Array(0), undefined, 'raw').defined).toBe(
      false,
    );
    const none = { mc: new Float64Array(0), mcCorrected: new Float64Array(0), s: Float64Array.of(0.5) };
    expect(thresholdForRecall(none, 0.9, 'raw')).toEqual({ defined: false, reason: 'no row is MC' });
  });

  test('recall that gated rows forbid is refused, not approximated', () => {
    const gated = { mc: Float64Array.of(-1, 0.4), mcCorrected: Float64Array.of(-1, 0.4), s: new Float64Array(0) };
    expect(thresholdForRecall(gated, 0.9, 'raw').defined).toBe(false);
    expect(thresholdForRecall(gated, 0.5, 'raw')).toEqual({ defined: true, value: 0.4 });
  });

  test('recall: met there, and at no higher score', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 1, max: 20 }), aMode, (rows, twentieth, mode) => {
        const table = scoreTable(rows);
        const wanted = twentieth / 20;
        const recallAt = (threshold: number): number => {
          const { truePositive, falseNegative } = countsAt(table, threshold, mode);
          return truePositive + falseNegative === 0 ? Number.NaN : truePositive / (truePositive + falseNegative);
        };
        const found = thresholdForRecall(table, wanted, mode);
        const scores = [...new Set(mode === 'raw' ? table.mc : table.mcCorrected)].filter((score) => score >= 0);
        const reaching = scores.filter((score) => recallAt(score) >= wanted - 1e-9);
        if (found.defined) expect(found.value).toBe(Math.max(...reaching));
        else expect(reaching).toEqual([]);
      }),
    );
  });

  test('the tables of parts made in one pass are those of each part made alone', () => {
    fc.assert(
      fc.property(someRows, fc.infiniteStream(fc.integer({ min: -1, max: 3 })), (rows, stream) => {
        const partOf = Int16Array.from(rows.isMc, () => stream.next().value as number);
        expect(scoreTables(rows, partOf, 3)).toEqual(
          [0, 1, 2].map((part) => scoreTable(rows, (row) => partOf[row] === part)),
        );
      }),
    );
  });

  test('at most n sources: kept, and one step lower would break it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), fc.nat(30), (tenths, atMost) => {
        const sorted = Float64Array.from(tenths, (tenth) => tenth / 10).sort();
        const threshold = thresholdForCount(sorted, atMost);
        expect(countFrom(sorted, threshold)).toBeLessThanOrEqual(atMost);
        if (threshold > 0) expect(countFrom(sorted, threshold - 0.05)).toBeGreaterThan(atMost);
      }),
    );
  });

  test('an hour at ten seconds a source is 360 sources', () => {
    const sorted = Float64Array.from({ length: 1000 }, (_, at) => at / 1000);
    const found = thresholdForWish({ kind: 'hours', atMost: 1, secondsPerSource: 10 }, sorted, undefined, 'raw');
    expect(found.defined && countFrom(sorted, found.value)).toBe(360);
  });

  test('at most n sources is refused where more than n have P(MC) = 1', () => {
    const found = thresholdForWish({ kind: 'sources', atMost: 1 }, Float64Array.of(0.2, 1, 1), undefined, 'raw');
    expect(found).toEqual({ defined: false, reason: 'more sources than that have P(MC) = 1' });
  });

  test('rounded to the thousandths that a window shows, a threshold still keeps what was wished for', () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 1, max: 20 }), fc.nat(20), aMode, (rows, twentieth, atMost, mode) => {
        const table = scoreTable(rows);
        const ascending = rows.score.filter((score) => score >= 0).sort();
        const recall = thresholdOnGrid({ kind: 'recall', atLeast: twentieth / 20 }, ascending, table, mode, 1000);
        if (recall.defined) {
          const { truePositive, falseNegative } = countsAt(table, recall.value, mode);
          expect(truePositive / Math.max(1, truePositive + falseNegative)).toBeGreaterThanOrEqual(
            twentieth / 20 - 1e-9,
          );
          expect(recall.value * 1000).toBeCloseTo(Math.round(recall.value * 1000), 9);
        }
        const few = thresholdOnGrid({ kind: 'sources', atMost }, ascending, table, mode, 1000);
        if (few.defined) expect(countFrom(ascending, few.value)).toBeLessThanOrEqual(atMost);
      }),
    );
  });
});
