import { RADIANS_PER_DEGREE } from '../units/quantities.ts';

/** Points per leaf: below this, looking at all of them is faster than splitting (measured for 325,694 rows). */
const LEAF_POINTS = 8;

/** Above this many points, Floyd and Rivest's sampling narrows a selection first (CACM 18, 165, 1975). */
const SAMPLING_POINTS = 600;

type Vector = readonly [number, number, number];

/**
 * A balanced k-d tree over unit vectors, implicit in the order of one array: the middle point of every range splits it.
 * Distances are chords; `sky-index.ts` turns them into angles.
 */
export class SkyTree {
  readonly #points: Float64Array;
  readonly #rows: Int32Array;
  readonly #count: number;

  /** Rows whose position is not finite are left out. */
  constructor(raDeg: Float64Array, decDeg: Float64Array) {
    this.#points = new Float64Array(3 * raDeg.length);
    this.#rows = new Int32Array(raDeg.length);
    let count = 0;
    for (let row = 0; row < raDeg.length; row++) {
      const ra = raDeg[row]! * RADIANS_PER_DEGREE;
      const dec = decDeg[row]! * RADIANS_PER_DEGREE;
      if (!Number.isFinite(ra) || !Number.isFinite(dec)) continue;
      this.#points[3 * count] = Math.cos(dec) * Math.cos(ra);
      this.#points[3 * count + 1] = Math.cos(dec) * Math.sin(ra);
      this.#points[3 * count + 2] = Math.sin(dec);
      this.#rows[count++] = row;
    }
    this.#count = count;
    this.#split(0, count - 1, 0);
  }

  /** The `k` rows with the shortest chords, in no promised order; fewer where the tree holds fewer. */
  nearest(query: Vector, k: number, excludeRow: number): number[] {
    const bestRows = new Array<number>(k).fill(-1);
    const bestSquared = new Float64Array(k).fill(Infinity);
    this.#searchNearest(0, this.#count - 1, 0, query, bestRows, bestSquared, excludeRow);
    return bestRows.filter((row) => row >= 0);
  }

  /** Calls `visit` for every row whose chord is at most `radius`. */
  within(query: Vector, radius: number, visit: (row: number) => void): void {
    this.#searchWithin(0, this.#count - 1, 0, query, radius, visit);
  }

  #squaredChord(index: number, query: Vector): number {
    const dx = this.#points[3 * index]! - query[0];
    const dy = this.#points[3 * index + 1]! - query[1];
    const dz = this.#points[3 * index + 2]! - query[2];
    return dx * dx + dy * dy + dz * dz;
  }

  #searchNearest(
    first: number,
    last: number,
    axis: 0 | 1 | 2,
    query: Vector,
    bestRows: number[],
    bestSquared: Float64Array,
    excludeRow: number,
  ): void {
    if (last - first <= LEAF_POINTS) {
      for (let i = first; i <= last; i++) this.#offer(i, query, bestRows, bestSquared, excludeRow);
      return;
    }
    const middle = (first + last) >> 1;
    const next = nextAxis(axis);
    const distance = query[axis] - this.#points[3 * middle + axis]!;
    this.#offer(middle, query, bestRows, bestSquared, excludeRow);
    const isBelow = distance < 0;
    if (isBelow) this.#searchNearest(first, middle - 1, next, query, bestRows, bestSquared, excludeRow);
    else this.#searchNearest(middle + 1, last, next, query, bestRows, bestSquared, excludeRow);
    if (distance * distance >= bestSquared[bestSquared.length - 1]!) return;
    if (isBelow) this.#searchNearest(middle + 1, last, next, query, bestRows, bestSquared, excludeRow);
    else this.#searchNearest(first, middle - 1, next, query, bestRows, bestSquared, excludeRow);
  }

  /** Puts a point among the best, which are kept in ascending order, if it belongs there. */
  #offer(index: number, query: Vector, bestRows: number[], bestSquared: Float64Array, excludeRow: number): void {
    const row = this.#rows[index]!;
    const squared = this.#squaredChord(index, query);
    let slot = bestSquared.length - 1;
    if (!(squared < bestSquared[slot]!) || row === excludeRow) return;
    for (; slot > 0 && bestSquared[slot - 1]! > squared; slot--) {
      bestSquared[slot] = bestSquared[slot - 1]!;
      bestRows[slot] = bestRows[slot - 1]!;
    }
    bestSquared[slot] = squared;
    bestRows[slot] = row;
  }

  #searchWithin(
    first: number,
    last: number,
    axis: 0 | 1 | 2,
    query: Vector,
    radius: number,
    visit: (row: number) => void,
  ): void {
    const isLeaf = last - first <= LEAF_POINTS;
    const middle = (first + last) >> 1;
    for (let i = isLeaf ? first : middle; i <= (isLeaf ? last : middle); i++) {
      if (this.#squaredChord(i, query) <= radius * radius) visit(this.#rows[i]!);
    }
    if (isLeaf) return;
    const distance = query[axis] - this.#points[3 * middle + axis]!;
    if (distance <= radius) this.#searchWithin(first, middle - 1, nextAxis(axis), query, radius, visit);
    if (distance >= -radius) this.#searchWithin(middle + 1, last, nextAxis(axis), query, radius, visit);
  }

  #split(first: number, last: number, axis: 0 | 1 | 2): void {
    if (last - first <= LEAF_POINTS) return;
    const middle = (first + last) >> 1;
    this.#select(first, last, middle, axis);
    this.#split(first, middle - 1, nextAxis(axis));
    this.#split(middle + 1, last, nextAxis(axis));
  }

  /** Reorders first..last so that the k-th point is in its place along `axis`, smaller ones before it. */
  #select(first: number, last: number, k: number, axis: number): void {
    const points = this.#points;
    let left = first;
    let right = last;
    while (right > left) {
      if (right - left > SAMPLING_POINTS) {
        const size = right - left + 1;
        const rank = k - left + 1;
        const logarithm = Math.log(size);
        const sample = 0.5 * Math.exp((2 * logarithm) / 3);
        const side = rank < size / 2 ? -1 : 1;
        const spread = 0.5 * Math.sqrt((logarithm * sample * (size - sample)) / size) * side;
        const sampleLeft = Math.max(left, Math.floor(k - (rank * sample) / size + spread));
        const sampleRight = Math.min(right, Math.floor(k + ((size - rank) * sample) / size + spread));
        this.#select(sampleLeft, sampleRight, k, axis);
      }
      const pivot = points[3 * k + axis]!;
      let i = left;
      let j = right;
      this.#swap(left, k);
      if (points[3 * right + axis]! > pivot) this.#swap(left, right);
      while (i < j) {
        this.#swap(i, j);
        i++;
        j--;
        while (points[3 * i + axis]! < pivot) i++;
        while (points[3 * j + axis]! > pivot) j--;
      }
      if (points[3 * left + axis] === pivot) {
        this.#swap(left, j);
      } else {
        j++;
        this.#swap(j, right);
      }
      if (j <= k) left = j + 1;
      if (k <= j) right = j - 1;
    }
  }

  #swap(a: number, b: number): void {
    const row = this.#rows[a]!;
    this.#rows[a] = this.#rows[b]!;
    this.#rows[b] = row;
    for (let axis = 0; axis < 3; axis++) {
      const coordinate = this.#points[3 * a + axis]!;
      this.#points[3 * a + axis] = this.#points[3 * b + axis]!;
      this.#points[3 * b + axis] = coordinate;
    }
  }
}

const nextAxis = (axis: 0 | 1 | 2): 0 | 1 | 2 => (axis === 0 ? 1 : axis === 1 ? 2 : 0);
