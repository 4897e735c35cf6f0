import { DATASET_CODES } from '../evaluation/data-subsets.ts';
import { randomStream } from '../random/philox.ts';
import { healpixCellAt, healpixNumberOf } from '../sky/healpix.ts';
import { degrees } from '../units/quantities.ts';

/** Part of the data a row belongs to, in the codes of the paper's `mc_dl_dataset`. */
export const PART_CODE = {
  none: DATASET_CODES['never-seen'],
  train: DATASET_CODES.train,
  test: DATASET_CODES.test,
  validation: DATASET_CODES.validation,
} as const;
export type PartName = Exclude<keyof typeof PART_CODE, 'none'>;
export const PART_NAMES: readonly PartName[] = ['train', 'validation', 'test'];

/**
 * What is kept together. `cell`: a physical source and its cell of the sky, so that a picture of one part hardly ever
 * shows sky of another. `source`: a physical source. `row`: nothing, as in the paper.
 */
export type SplitKind = 'cell' | 'source' | 'row';
export const SPLIT_KINDS: readonly SplitKind[] = ['cell', 'source', 'row'];

/** Shares of the rows (science notes §6). The rest is for test. */
const TRAIN_SHARE = 0.7;
const VALIDATION_SHARE = 0.15;

/** Stream numbers under the training seed; those from 1000 on belong to epochs. */
const SPLIT_STREAM = 500;

/** HEALPix order of the cells that a split keeps whole: 13.7′ a side, four pictures of 192″. */
export const SPLIT_CELL_ORDER = 8;

/** Number of the sky cell that a position [deg] falls into. */
export function splitCellOf(raDeg: number, decDeg: number): number {
  return healpixNumberOf(healpixCellAt(SPLIT_CELL_ORDER, { ra: degrees(raDeg), dec: degrees(decDeg) }));
}

/** What a split depends on, row by row. */
export interface SplitRows {
  readonly physicalSource: readonly string[];
  /** Sky cell of each row, as `splitCellOf` gives it. */
  readonly cell: ArrayLike<number>;
  /** 1 where the row is MC. */
  readonly isMc: ArrayLike<number>;
}

/**
 * Splits rows 70/15/15 into training, validation and test. What the kind keeps together never sits on both sides. Groups
 * with an MC row are shared out by their MC rows and the others by their number, so that each part has its share of both
 * classes.
 * @returns a code of PART_CODE per row
 */
export function splitRows(rows: SplitRows, kind: SplitKind, seed: number): Uint8Array {
  switch (kind) {
    case 'cell':
      return splitByGroup(cellOfSource(rows), rows.isMc, seed);
    case 'source':
      return splitByGroup(rows.physicalSource, rows.isMc, seed);
    case 'row':
      return splitByGroup(
        rows.physicalSource.map((_, row) => row),
        rows.isMc,
        seed,
      );
  }
}

/** A source that crosses a border is counted to the cell of its first row, with all its rows. */
function cellOfSource({ physicalSource, cell }: SplitRows): number[] {
  const cellOf = new Map<string, number>();
  return physicalSource.map((source, row) => {
    const known = cellOf.get(source);
    if (known !== undefined) return known;
    cellOf.set(source, cell[row]!);
    return cell[row]!;
  });
}

function splitByGroup<Group>(group: readonly Group[], isMc: ArrayLike<number>, seed: number): Uint8Array {
  const rowsOf = new Map<Group, number[]>();
  const mcCount = new Map<Group, number>();
  group.forEach((name, row) => {
    const rows = rowsOf.get(name);
    if (rows === undefined) rowsOf.set(name, [row]);
    else rows.push(row);
    mcCount.set(name, (mcCount.get(name) ?? 0) + (isMc[row] === 1 ? 1 : 0));
  });
  const part = new Uint8Array(group.length);
  [true, false].forEach((wantsMc, stratum) => {
    const names = [...rowsOf.keys()].filter((name) => mcCount.get(name)! > 0 === wantsMc);
    const weightOf = (name: Group): number => (wantsMc ? mcCount.get(name)! : rowsOf.get(name)!.length);
    randomStream(seed, SPLIT_STREAM + stratum).shuffleInPlace(names);
    const total = names.reduce((sum, name) => sum + weightOf(name), 0);
    let before = 0;
    for (const name of names) {
      // The middle of the group decides, so that large groups do not all fall to the later parts.
      const position = (before + weightOf(name) / 2) / total;
      before += weightOf(name);
      for (const row of rowsOf.get(name)!) part[row] = codeAt(position);
    }
  });
  return part;
}

function codeAt(position: number): number {
  if (position < TRAIN_SHARE) return PART_CODE.train;
  return position < TRAIN_SHARE + VALIDATION_SHARE ? PART_CODE.validation : PART_CODE.test;
}
