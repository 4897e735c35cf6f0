/** Parts of a data set by what a model saw of them, in the codes of the paper's column `mc_dl_dataset`. */
export type DataSubset = 'never-seen' | 'train' | 'test' | 'validation';

/** Value of `mc_dl_dataset` for each; the paper's own codes. */
export const DATASET_CODES: Readonly<Record<DataSubset, number>> = {
  'never-seen': 0,
  train: 1,
  test: 2,
  validation: 3,
};

/** Code of a row about which nothing is known. */
export const DATASET_UNKNOWN = 255;

export const DATA_SUBSETS = Object.keys(DATASET_CODES) as readonly DataSubset[];

/** What may be scored: one part, those that the model did not learn from (`held-out`), or every row (`all`). */
export type SubsetChoice = DataSubset | 'held-out' | 'all';

export const SUBSET_CHOICES: readonly SubsetChoice[] = ['all', 'held-out', ...DATA_SUBSETS];

/** Whether a row of that code is in the subset. `held-out` is test and never-seen: weights and epoch were chosen without. */
export function isInSubset(code: number, choice: SubsetChoice): boolean {
  if (choice === 'all') return true;
  if (choice === 'held-out') return code === DATASET_CODES.test || code === DATASET_CODES['never-seen'];
  return code === DATASET_CODES[choice];
}

/** Rows by what the model saw of them. */
export interface SubsetCounts extends Readonly<Record<DataSubset, number>> {
  readonly unknown: number;
}

export function subsetCounts(codes: ArrayLike<number>): SubsetCounts {
  const counts = { 'never-seen': 0, train: 0, test: 0, validation: 0, unknown: 0 };
  const nameOf = new Map(DATA_SUBSETS.map((name) => [DATASET_CODES[name], name]));
  for (let row = 0; row < codes.length; row++) counts[nameOf.get(codes[row]!) ?? 'unknown']++;
  return counts;
}

/** Rows that a model learned from, or that its best epoch was chosen on: scores on them flatter it. */
export const isLearnedFrom = (code: number): boolean =>
  code === DATASET_CODES.train || code === DATASET_CODES.validation;

/** What was learned from outweighs what was not, and anything known what is not. */
const BY_WEIGHT: readonly number[] = [
  DATASET_UNKNOWN,
  DATASET_CODES['never-seen'],
  DATASET_CODES.test,
  DATASET_CODES.validation,
  DATASET_CODES.train,
];

/** The code of a row that several uses or models saw differently: the one that flatters most. Unknown of none. */
export const mostSeen = (codes: readonly number[]): number =>
  BY_WEIGHT[Math.max(0, ...codes.map((code) => BY_WEIGHT.indexOf(code)))]!;
