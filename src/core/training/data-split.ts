import { randomStream } from '../random/philox.ts';

/** Part of the data a row belongs to, in the codes of the paper's `mc_dl_dataset`. */
export const PART_CODE = { none: 0, train: 1, test: 2, validation: 3 } as const;
export type PartName = Exclude<keyof typeof PART_CODE, 'none'>;

/** Shares of the rows (science notes §6). The rest is for test. */
const TRAIN_SHARE = 0.7;
const VALIDATION_SHARE = 0.15;

/** Stream numbers under the training seed; those from 1000 on belong to epochs. */
const SPLIT_STREAM = 500;

/**
 * Splits rows 70/15/15 into training, validation and test by physical source: rows of one source never sit on both
 * sides. Sources with an MC row and those without are split apart, so that each part has its share of both classes.
 * @param group physical source of each row
 * @param isMc 1 where the row is MC
 * @returns a code of PART_CODE per row
 */
export function splitByPhysicalSource(group: readonly string[], isMc: ArrayLike<number>, seed: number): Uint8Array {
  const rowsOf = new Map<string, number[]>();
  const hasMc = new Set<string>();
  group.forEach((name, row) => {
    const rows = rowsOf.get(name);
    if (rows === undefined) rowsOf.set(name, [row]);
    else rows.push(row);
    if (isMc[row] === 1) hasMc.add(name);
  });
  const part = new Uint8Array(group.length);
  [true, false].forEach((wantsMc, stratum) => {
    const names = [...rowsOf.keys()].filter((name) => hasMc.has(name) === wantsMc);
    randomStream(seed, SPLIT_STREAM + stratum).shuffleInPlace(names);
    const total = names.reduce((sum, name) => sum + rowsOf.get(name)!.length, 0);
    let before = 0;
    for (const name of names) {
      const rows = rowsOf.get(name)!;
      // The middle of the source's rows decides, so that large sources do not all fall to the later parts.
      const position = (before + rows.length / 2) / total;
      before += rows.length;
      const code =
        position < TRAIN_SHARE
          ? PART_CODE.train
          : position < TRAIN_SHARE + VALIDATION_SHARE
            ? PART_CODE.validation
            : PART_CODE.test;
      for (const row of rows) part[row] = code;
    }
  });
  return part;
}
