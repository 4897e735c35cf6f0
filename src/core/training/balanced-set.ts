import { randomStream } from '../random/philox.ts';
import { DomainFailure } from '../result/failure.ts';
import type { PartName, SplitRows } from './data-split.ts';
import { PART_CODE, PART_NAMES, splitRows } from './data-split.ts';
import type { TrainingRecipe } from './training-recipe.ts';

/** What the choice of rows depends on, row by row. Rows that cannot be used at all are not in here. */
export interface CandidateRows extends SplitRows {
  readonly isMc: Uint8Array;
  /** 1 where one row holds several physical sources. */
  readonly isBlend: Uint8Array;
  readonly isSisg: Uint8Array;
}

/** Rows (indices into the candidates) of each class in one part. */
export interface BalancedPart {
  readonly mc: readonly number[];
  readonly s: readonly number[];
}

export type BalancedSet = Readonly<Record<PartName, BalancedPart>>;

const SINGLES_STREAM = 510;
/** Fewer MC rows than this in a part say nothing. */
const MINIMUM_MC_ROWS = 4;

/**
 * Balanced data of §2.3 and §3.3–3.4 of the paper: MC rows that are not SISG (where these are left out), and as many S rows: every blend, the rest
 * random singles. In training there are `augmentationFactor` times as many S rows, all different, against as many
 * appearances of the MC rows; where the sky has too few, all there are.
 * @throws DomainFailure 'training-data-insufficient' where a part would lack one of the classes
 */
export function chooseBalancedSet(rows: CandidateRows, recipe: TrainingRecipe): BalancedSet {
  const isUsable = usableRows(rows, recipe);
  const candidates = Array.from(rows.isMc.keys()).filter((row) => isUsable[row] === 1);
  const part = splitRows(
    {
      physicalSource: candidates.map((row) => rows.physicalSource[row]!),
      cell: candidates.map((row) => rows.cell[row]!),
      isMc: candidates.map((row) => rows.isMc[row]!),
    },
    recipe.split,
    recipe.seed,
  );
  const choose = (name: PartName): BalancedPart => {
    const inPart = candidates.filter((_, index) => part[index] === PART_CODE[name]);
    const mc = inPart.filter((row) => rows.isMc[row] === 1);
    const wanted = mc.length * (name === 'train' ? recipe.augmentationFactor : 1);
    const s = chooseSingles(inPart, rows, wanted, recipe.seed, PART_CODE[name]);
    if (mc.length < MINIMUM_MC_ROWS || s.length < MINIMUM_MC_ROWS) {
      const remedy = recipe.split === 'cell' ? 'give more fields, or split by physical source' : 'give more fields';
      const why = `the ${name} part has ${mc.length} MC rows and ${s.length} S rows; ${remedy}`;
      throw new DomainFailure({ kind: 'training-data-insufficient', why });
    }
    return { mc, s };
  };
  return { train: choose('train'), validation: choose('validation'), test: choose('test') };
}

/** The part of each row in the codes of `mc_dl_dataset`; 0 for rows that were not chosen. */
export function partCodesOf(set: BalancedSet, rowCount: number): Uint8Array {
  const code = new Uint8Array(rowCount);
  for (const name of PART_NAMES) {
    const { mc, s } = set[name];
    for (const row of [...mc, ...s]) code[row] = PART_CODE[name];
  }
  return code;
}

/** 1 where a row may enter: no SISG unless they are kept, and with `source` no MC row whose physical source has one. */
function usableRows(rows: CandidateRows, recipe: TrainingRecipe): Uint8Array {
  if (recipe.mcExclusion === 'none') return new Uint8Array(rows.isMc.length).fill(1);
  const sourcesWithSisg = new Set(rows.physicalSource.filter((_, row) => rows.isSisg[row] === 1));
  return rows.isMc.map((isMc, row) => {
    if (rows.isSisg[row] === 1) return 0;
    return isMc === 1 && recipe.mcExclusion === 'source' && sourcesWithSisg.has(rows.physicalSource[row]!) ? 0 : 1;
  });
}

function chooseSingles(
  inPart: readonly number[],
  rows: CandidateRows,
  wanted: number,
  seed: number,
  part: number,
): number[] {
  const blends = inPart.filter((row) => rows.isMc[row] === 0 && rows.isBlend[row] === 1);
  const singles = inPart.filter((row) => rows.isMc[row] === 0 && rows.isBlend[row] === 0);
  randomStream(seed, SINGLES_STREAM + part).shuffleInPlace(singles);
  return [...blends, ...singles].slice(0, wanted);
}
