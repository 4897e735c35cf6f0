import { buildSkyIndex } from '../sky/sky-index.ts';
import { degrees } from '../units/quantities.ts';
import type { BalancedSet, CandidateRows } from './balanced-set.ts';
import type { PartName } from './data-split.ts';
import { PART_NAMES } from './data-split.ts';
import type { TrainingRecipe } from './training-recipe.ts';

/** Rows with the place of each on the sky [deg]. */
export interface PlacedRows extends CandidateRows {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
}

export interface PartCounts {
  readonly mc: number;
  readonly s: number;
  /** Of the S rows, those that hold several physical sources. */
  readonly blends: number;
}

/** What a data set is made of and what it might give away, known before an hour is spent on it. */
export interface DataSetReport {
  /** Labelled rows to choose from. */
  readonly candidates: PartCounts & { readonly sisgMc: number; readonly sisgS: number };
  readonly parts: Readonly<Record<PartName, PartCounts>>;
  readonly leakage: {
    /** Physical sources with rows in two parts. */
    readonly dividedSources: number;
    /** Validation and test rows within 2″ of a training row: one source, found twice. */
    readonly repeatedRows: number;
    /** Validation and test rows whose picture shows a training row's source. */
    readonly sharedPictures: number;
  };
  /** Rows within 2″ of another candidate. */
  readonly duplicates: number;
  /** MC rows that are the only labelled row of their physical source. */
  readonly loneMc: number;
}

/** Two rows this close are one source found twice, as in core/features/overlap-duplicates.ts [arcsec]. */
const DUPLICATE_ARCSEC = 2;
/** Half the side of a picture: 64 pixels of 1.5″ [arcsec]. */
const HALF_PICTURE_ARCSEC = 96;

export function describeDataSet(rows: PlacedRows, set: BalancedSet): DataSetReport {
  const all = Array.from(rows.isMc.keys());
  const counted = (chosen: readonly number[]): PartCounts => ({
    mc: chosen.filter((row) => rows.isMc[row] === 1).length,
    s: chosen.filter((row) => rows.isMc[row] === 0).length,
    blends: chosen.filter((row) => rows.isBlend[row] === 1).length,
  });
  const rowsOf = (part: PartName): number[] => [...set[part].mc, ...set[part].s];
  const rowsPerSource = new Map<string, number>();
  for (const source of rows.physicalSource) rowsPerSource.set(source, (rowsPerSource.get(source) ?? 0) + 1);
  return {
    candidates: {
      ...counted(all),
      sisgMc: all.filter((row) => rows.isSisg[row] === 1 && rows.isMc[row] === 1).length,
      sisgS: all.filter((row) => rows.isSisg[row] === 1 && rows.isMc[row] === 0).length,
    },
    parts: {
      train: counted(rowsOf('train')),
      validation: counted(rowsOf('validation')),
      test: counted(rowsOf('test')),
    },
    leakage: leakageOf(rows, set),
    duplicates: duplicatesOf(rows),
    loneMc: all.filter((row) => rows.isMc[row] === 1 && rowsPerSource.get(rows.physicalSource[row]!) === 1).length,
  };
}

function leakageOf(rows: PlacedRows, set: BalancedSet): DataSetReport['leakage'] {
  const partsOf = new Map<string, Set<PartName>>();
  for (const part of PART_NAMES) {
    for (const row of [...set[part].mc, ...set[part].s]) {
      const source = rows.physicalSource[row]!;
      partsOf.set(source, (partsOf.get(source) ?? new Set()).add(part));
    }
  }
  const train = [...set.train.mc, ...set.train.s];
  const index = buildSkyIndex(
    Float64Array.from(train, (row) => rows.raDeg[row]!),
    Float64Array.from(train, (row) => rows.decDeg[row]!),
  );
  const judged = [set.validation, set.test].flatMap(({ mc, s }) => [...mc, ...s]);
  const nearest = judged.map((row) => {
    const position = { ra: degrees(rows.raDeg[row]!), dec: degrees(rows.decDeg[row]!) };
    return index.nearest(position, 1).distanceArcsec[0] ?? Infinity;
  });
  return {
    dividedSources: [...partsOf.values()].filter((parts) => parts.size > 1).length,
    repeatedRows: nearest.filter((distance) => distance <= DUPLICATE_ARCSEC).length,
    sharedPictures: nearest.filter((distance) => distance <= HALF_PICTURE_ARCSEC).length,
  };
}

function duplicatesOf({ raDeg, decDeg }: PlacedRows): number {
  const index = buildSkyIndex(raDeg, decDeg);
  return Array.from(raDeg.keys()).filter((row) => {
    const [distance] = index.nearestOfRow(row, 1).distanceArcsec;
    return distance !== undefined && distance <= DUPLICATE_ARCSEC;
  }).length;
}

/** What should be known before a training is begun: what forbids it and what makes its result doubtful. */
export interface DataSetVerdict {
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Fewer MC rows than this and the result is a matter of luck: an interval of ±10 % needs about as many to test on. */
const FEW_MC_ROWS = 100;
/** Share of judged rows that are training rows found again, from which on a test says nothing. */
const MOST_REPEATED = 0.01;

export function judgeDataSet(report: DataSetReport, recipe: TrainingRecipe): DataSetVerdict {
  const { parts, leakage, loneMc, candidates } = report;
  const refusals: string[] = [];
  const warnings: string[] = [];
  const judged = parts.validation.mc + parts.validation.s + parts.test.mc + parts.test.s;
  if (recipe.split !== 'row' && leakage.repeatedRows > MOST_REPEATED * judged) {
    refusals.push(
      `${leakage.repeatedRows} of ${judged} validation and test rows lie within 2″ of a training row: the same sources ` +
        'are in the data twice. Remove one of the overlapping fields, or split by cell',
    );
  }
  if (leakage.dividedSources > 0) {
    warnings.push(
      `${leakage.dividedSources} physical sources have rows on both sides of the split: the result will look better ` +
        'than it is. Split by cell or by source',
    );
  }
  if (leakage.sharedPictures > judged / 2) {
    warnings.push(
      `${leakage.sharedPictures} of ${judged} validation and test pictures show a source of the training: split by cell`,
    );
  }
  if (parts.train.mc < FEW_MC_ROWS) {
    warnings.push(`only ${parts.train.mc} MC rows to learn from: the result is a matter of luck`);
  }
  if (parts.test.mc < FEW_MC_ROWS) {
    warnings.push(`only ${parts.test.mc} MC rows to test on: the intervals will be wide`);
  }
  if (parts.train.s < recipe.augmentationFactor * parts.train.mc) {
    warnings.push(
      `the sky has ${parts.train.s} S rows for ${recipe.augmentationFactor} × ${parts.train.mc} MC rows: the classes are ` +
        'not balanced; lower the augmentation or use class weights',
    );
  }
  if (candidates.mc > 0 && loneMc > candidates.mc / 2) {
    warnings.push(
      `${loneMc} of ${candidates.mc} MC rows are alone in their physical source: the labels may not say which rows ` +
        'belong together, and the split cannot keep them together',
    );
  }
  return { refusals, warnings };
}
