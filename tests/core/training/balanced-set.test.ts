import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import type { CandidateRows } from '../../../src/core/training/balanced-set.ts';
import { chooseBalancedSet, partCodesOf } from '../../../src/core/training/balanced-set.ts';
import {
  PART_CODE,
  SPLIT_CELL_ORDER,
  SPLIT_KINDS,
  splitCellOf,
  splitRows,
} from '../../../src/core/training/data-split.ts';
import { healpixSideArcsec } from '../../../src/core/sky/healpix.ts';
import type { TrainingRecipe } from '../../../src/core/training/training-recipe.ts';
import { PUBLISHED_TRAINING } from '../../../src/core/training/training-recipe.ts';

const BY_SOURCE: TrainingRecipe = { ...PUBLISHED_TRAINING, split: 'source' };

/** `sources` physical sources of three MC rows each, ten singles per MC row, every 20th single a blend. */
function sky(sources: number): CandidateRows {
  const mcRows = sources * 3;
  const count = mcRows * 11;
  return {
    isMc: Uint8Array.from({ length: count }, (_, row) => (row < mcRows ? 1 : 0)),
    isBlend: Uint8Array.from({ length: count }, (_, row) => (row >= mcRows && row % 20 === 0 ? 1 : 0)),
    isSisg: Uint8Array.from({ length: count }, (_, row) => (row === 0 || row === count - 1 ? 1 : 0)),
    // Every fifth row of a source lies beyond the border of its cell.
    cell: Int32Array.from({ length: count }, (_, row) => (Math.floor(row / 10) + (row % 5 === 4 ? 1 : 0)) % 40),
    physicalSource: Array.from({ length: count }, (_, row) =>
      row < mcRows ? `source ${Math.floor(row / 3)}` : `single ${row}`,
    ),
  };
}

describe('the split', () => {
  test.each(['source', 'cell'] as const)(
    'by %s never puts rows of one source on both sides, whatever the sizes',
    (kind) => {
      const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.boolean()), { minLength: 1, maxLength: 80 });
      fc.assert(
        fc.property(groups, fc.integer({ min: 0, max: 99 }), (rows, seed) => {
          const names = rows.map(([group]) => `g${group}`);
          const cell = rows.map((_, row) => row % 7);
          const isMc = rows.map(([, isMcRow]) => (isMcRow ? 1 : 0));
          const part = splitRows({ physicalSource: names, cell, isMc }, kind, seed);
          const partOf = new Map<string, number>();
          names.forEach((name, row) => {
            expect(partOf.get(name) ?? part[row]).toBe(part[row]);
            partOf.set(name, part[row]!);
          });
        }),
        { seed: 3 },
      );
    },
  );

  test('gives 70, 15 and 15 % of each class', () => {
    const { isMc } = sky(200);
    const part = splitRows(sky(200), 'source', 1);
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

  test.each(SPLIT_KINDS)('by %s is the same for the same seed and another for another', (kind) => {
    const first = splitRows(sky(20), kind, 1);
    expect(splitRows(sky(20), kind, 1)).toEqual(first);
    expect(splitRows(sky(20), kind, 2)).not.toEqual(first);
  });

  test('by cell keeps whole cells, but for the sources that cross a border, and shares out the MC rows', () => {
    const rows = sky(200);
    const part = splitRows(rows, 'cell', 1);
    const firstRowOf = new Map<string, number>();
    rows.physicalSource.forEach((source, row) => firstRowOf.set(source, firstRowOf.get(source) ?? row));
    const partOf = new Map<number, number>();
    for (const first of firstRowOf.values()) {
      const cell = rows.cell[first]!;
      expect(partOf.get(cell) ?? part[first]).toBe(part[first]);
      partOf.set(cell, part[first]!);
    }
    const mc = Array.from(part.keys()).filter((row) => rows.isMc[row] === 1);
    // 40 cells of 15 MC rows in 600: one cell is 2.5 %.
    expect(mc.filter((row) => part[row] === PART_CODE.train).length / mc.length).toBeCloseTo(0.7, 1);
  });

  test('by row, as published, does part the rows of a source', () => {
    const rows = sky(50);
    const part = splitRows(rows, 'row', 1);
    const partsOfSource = new Map<string, Set<number>>();
    rows.physicalSource.forEach((source, row) => {
      partsOfSource.set(source, (partsOfSource.get(source) ?? new Set()).add(part[row]!));
    });
    expect([...partsOfSource.values()].some((parts) => parts.size > 1)).toBe(true);
  });

  test('cells are four pictures wide, and one at RA 0 and 360', () => {
    expect(healpixSideArcsec(SPLIT_CELL_ORDER) / 192).toBeCloseTo(4.3, 1);
    expect(splitCellOf(0, 30)).toBe(splitCellOf(360, 30));
    expect(splitCellOf(10, 30)).not.toBe(splitCellOf(10.5, 30));
  });
});

describe('the balanced set', () => {
  test('where SISG rows are kept, those of both classes may enter', () => {
    const rows = sky(40);
    const isIn = (mcExclusion: TrainingRecipe['mcExclusion']): boolean[] => {
      const codes = partCodesOf(chooseBalancedSet(rows, { ...BY_SOURCE, mcExclusion }), rows.isMc.length);
      return Array.from(codes, (code) => code > 0);
    };
    expect(isIn('row')[0]).toBe(false);
    expect(isIn('none')[0]).toBe(true);
    expect(isIn('none').filter((kept, row) => kept && rows.isMc[row] === 1)).toHaveLength(120);
  });

  test('is refused where a class is missing', () => {
    const rows = sky(20);
    expect(() => chooseBalancedSet({ ...rows, isMc: new Uint8Array(rows.isMc.length) }, BY_SOURCE)).toThrow(
      DomainFailure,
    );
  });

  test('has three new S rows per MC row in training, one elsewhere, and no SISG row', () => {
    const rows = sky(100);
    const { train, validation, test: held } = chooseBalancedSet(rows, BY_SOURCE);
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
    const { train } = chooseBalancedSet(rows, BY_SOURCE);
    const blends = train.s.filter((row) => rows.isBlend[row] === 1);
    // 150 blends in all, 70 % of the S rows are training rows.
    expect(blends.length).toBeGreaterThan(90);
    expect(train.s.slice(0, blends.length)).toEqual(blends);
  });

  test('drops whole physical sources with a SISG row where the recipe says so', () => {
    const rows = sky(100);
    const chosen = chooseBalancedSet(rows, { ...BY_SOURCE, mcExclusion: 'source' });
    const mc = [...chosen.train.mc, ...chosen.validation.mc, ...chosen.test.mc];
    expect(mc).toHaveLength(297);
    expect(mc.some((row) => rows.physicalSource[row] === 'source 0')).toBe(false);
  });

  test('is written in the codes of mc_dl_dataset: 1 train, 2 test, 3 validation, 0 for the rest', () => {
    const rows = sky(100);
    const set = chooseBalancedSet(rows, PUBLISHED_TRAINING);
    const code = partCodesOf(set, rows.isMc.length);
    const countOf = (wanted: number): number => code.filter((value) => value === wanted).length;
    expect(countOf(1)).toBe(set.train.mc.length + set.train.s.length);
    expect(countOf(2)).toBe(set.test.mc.length + set.test.s.length);
    expect(countOf(3)).toBe(set.validation.mc.length + set.validation.s.length);
    expect(countOf(0)).toBe(code.length - countOf(1) - countOf(2) - countOf(3));
  });
});
