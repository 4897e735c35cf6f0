import { randomStream } from '../random/philox.ts';

/** What comes first in the label queue. */
export type QueueOrder = 'uncertainty' | 'score' | 'disagreement' | 'random' | 'selection';

export interface QueueRequest {
  readonly order: QueueOrder;
  /** Rows that may be asked for, in the catalogue's order (or the selection's own). */
  readonly rows: ArrayLike<number>;
  /** P(MC) by catalogue row; NaN where there is none. */
  readonly probability: ArrayLike<number> | undefined;
  /** P(MC) of another run, for `disagreement`. */
  readonly other?: ArrayLike<number> | undefined;
  /** Of `random`. */
  readonly seed: number;
}

/**
 * Rows in the order in which to ask for them. `uncertainty`: |P − 0.5| ascending; `score`: P descending; `disagreement`:
 * |P − P of the other run| descending; `random`: shuffled by the seed; `selection`: as given. Ties in the given order;
 * rows without the number that the order needs come last.
 */
export function queueOrder({ order, rows, probability, other, seed }: QueueRequest): Int32Array {
  const ordered = Int32Array.from(rows);
  if (order === 'selection') return ordered;
  if (order === 'random') {
    randomStream(seed).shuffleInPlace(ordered);
    return ordered;
  }
  const score = (row: number): number => probability?.[row] ?? Number.NaN;
  const rank: (row: number) => number = {
    uncertainty: (row: number) => Math.abs(score(row) - 0.5),
    score: (row: number) => -score(row),
    disagreement: (row: number) => -Math.abs(score(row) - (other?.[row] ?? Number.NaN)),
  }[order];
  const ranks = Float64Array.from(ordered, (row) => {
    const value = rank(row);
    return Number.isNaN(value) ? Infinity : value;
  });
  const places = Int32Array.from(ordered, (_, place) => place);
  places.sort((a, b) => {
    const [first, second] = [ranks[a]!, ranks[b]!];
    // Two infinite ranks have no difference.
    return first === second ? a - b : first - second;
  });
  return places.map((place) => ordered[place]!);
}

/** One gold row after so many others. */
const GOLD_EVERY = 12;

/**
 * Mixes rows of known answer into a queue, one in about a dozen at places that the seed draws, so that a labeller can
 * neither see nor count when they come. The order of the others stays; a gold row is taken out of its own place.
 */
export function mixInGold(queue: Int32Array, gold: readonly number[], seed: number): Int32Array {
  if (gold.length === 0) return queue;
  const random = randomStream(seed, 1);
  const known = [...gold];
  random.shuffleInPlace(known);
  const isGold = new Set(known);
  const others = queue.filter((row) => !isGold.has(row));
  const mixed: number[] = [];
  let next = 0;
  for (let from = 0; from < others.length || next < known.length; from += GOLD_EVERY) {
    const block = [...others.subarray(from, from + GOLD_EVERY)];
    const gilt = known[next++];
    if (gilt !== undefined) block.splice(random.integer(block.length + 1), 0, gilt);
    mixed.push(...block);
  }
  return Int32Array.from(mixed);
}
