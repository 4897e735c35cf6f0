import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import type { CandidateRows } from '../../../src/core/training/balanced-set.ts';
import { chooseBalancedSet } from '../../../src/core/training/balanced-set.ts';
import { PART_CODE, splitByPhysicalSource } from '../../../src/core/training/data-split.ts';
import { PUBLISHED_TRAINING } from '../../../src/core/training/training-recipe.ts';

/** `sources` physical sources of three MC rows each, ten singles per MC row, every 20th single a blend. */
function sky(sources: number): CandidateRows {
  const mcRows = sources * 3;
  const count = mcRows * 11;
  return {
    isMc: Uint8Array.from({ length: count }, (_, row) => (row < mcRows ? 1 : 0)),
    isBlend: Uint8Array.from({ length: count }, (_, row) => (row >= mcRows && row % 20 === 0 ? 1 : 0)),
    isSisg: Uint8Array.from({ length: count }, (_, row) => (row === 0 || row === count - 1 ? 1 : 0)),
    physicalSource: Array.from({ length: count }, (_, row) =>
      row < mcRows ? `source ${Math.floor(row / 3)}` : `single ${row}`,
    ),
  };
}

describe('the split by physical source', () => {
  test('never puts rows of one source on both sides, whatever the sizes', () => {
    const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.boolean()), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 99 }), (rows, seed) => {
        const names = rows.map(([group]) => `g${group}`);
        const part = splitByPhysicalSource(
          names,
          rows.map(([, isMc]) => (isMc ? 1 : 0)),
          seed,
        );
        const partOf = new Map<string, number>();
        names.forEach((name, row) => {
          expect(partOf.get(name) ?? part[row]).toBe(part[row]);
          partOf.set(name, part[row]!);
        });
      }),
      { seed: 3 },
    );
  });

  test('gives 70, 15 and 15 % of each class', () => {
    const { physicalSource, isMc } = sky(200);
    const part = splitByPhysicalSource(physicalSource, isMc, 1);
    const shareOf = (code: number, wanted: number): number => {
      const rows = Array.from(part.keys()).filter((row) => isMc[row] === wanted);
      return rows.filter((row) => part[row] === code).length / rows.length;
    };
    for (const wanted of [0, 1]) {
      // One source of three rows in 600 is 0.5 %.
      expect(shareOf(PART_CODE.train, wanted)).toBeCloseTo(0.7, 2);
      expect(shareOf(PART_CODE.validation, wanted)).toBeCloseTo(0.15, 2);
    }
  });

  test('is the same for the same seed and another for another', () => {
    const { physicalSource, isMc } = sky(20);
    const first = splitByPhysicalSource(physicalSource, isMc, 1);
    expect(splitByPhysicalSource(physicalSource, isMc, 1)).toEqual(first);
    expect(splitByPhysicalSource(physicalSource, isMc, 2)).not.toEqual(first);
  });
});

describe('the balanced set', () => {
  test('is refused where a class is missing', () => {
    const rows = sky(20);
    expect(() => chooseBalancedSet({ ...rows, isMc: new Uint8Array(rows.isMc.length) }, PUBLISHED_TRAINING)).toThrow(
      DomainFailure,
    );
  });

  test('has three new S rows per MC row in training, one elsewhere, and no SISG row', () => {
    const rows = sky(100);
    const { train, validation, test: held } = chooseBalancedSet(rows, PUBLISHED_TRAINING);
    expect(train.s).toHaveLength(3 * train.mc.length);
    expect(validation.s).toHaveLength(validation.mc.length);
    expect(held.s).toHaveLength(held.mc.length);
    const all = [train, validation, held].flatMap(({ mc, s }) => [...mc, ...s]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.some((row) => rows.isSisg[row] === 1)).toBe(false);
    expect(train.mc.length + validation.mc.length + held.mc.length).toBe(299);
  });

  test('takes every blend before any single', () => {
    const rows = sky(100);
    const { train } = chooseBalancedSet(rows, PUBLISHED_TRAINING);
    const blends = train.s.filter((row) => rows.isBlend[row] === 1);
    // 150 blends in all, 70 % of the S rows are training rows.
    expect(blends.length).toBeGreaterThan(90);
    expect(train.s.slice(0, blends.length)).toEqual(blends);
  });

  test('drops whole physical sources with a SISG row where the recipe says so', () => {
    const rows = sky(100);
    const chosen = chooseBalancedSet(rows, { ...PUBLISHED_TRAINING, mcExclusion: 'source' });
    const mc = [...chosen.train.mc, ...chosen.validation.mc, ...chosen.test.mc];
    expect(mc).toHaveLength(297);
    expect(mc.some((row) => rows.physicalSource[row] === 'source 0')).toBe(false);
  });
});
