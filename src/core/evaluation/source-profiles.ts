import { multinomialInto } from '../random/binomial.ts';
import { randomStream } from '../random/philox.ts';
import { CELL_COUNT, NOT_COUNTED } from './cells.ts';

/**
 * Physical sources that fall into the cells of one or more confusion matrices in the same way, counted together.
 * A bootstrap that draws sources with replacement depends on nothing else, so that it can draw how often each profile
 * comes up (a multinomial deviate) in place of each of hundreds of thousands of sources: same distribution, in
 * milliseconds.
 */
export interface SourceProfiles {
  /** Numbers of a profile: CELL_COUNT for each matrix. */
  readonly width: number;
  /** Per profile, its `width` counts. */
  readonly counts: readonly Float64Array[];
  /** How many physical sources have it, most frequent last. */
  readonly frequency: Float64Array;
  readonly sourceCount: number;
}

/**
 * @param matrices cells of the rows (`CELL`, or `NOT_COUNTED`), one array per matrix
 * @param group physical source of each row, 0 … groupCount − 1; sources without a row in `group` do not count
 */
export function sourceProfiles(
  matrices: readonly Uint8Array[],
  group: ArrayLike<number>,
  groupCount: number,
): SourceProfiles {
  const width = CELL_COUNT * matrices.length;
  const perSource = new Uint16Array(groupCount * width);
  const isPresent = new Uint8Array(groupCount);
  for (let row = 0; row < group.length; row++) {
    const source = group[row]!;
    isPresent[source] = 1;
    for (let matrix = 0; matrix < matrices.length; matrix++) {
      const cell = matrices[matrix]![row]!;
      if (cell !== NOT_COUNTED) perSource[source * width + matrix * CELL_COUNT + cell]! += 1;
    }
  }
  const byKey = new Map<string, { readonly counts: Float64Array; frequency: number }>();
  let sourceCount = 0;
  for (let source = 0; source < groupCount; source++) {
    if (isPresent[source] === 0) continue;
    sourceCount++;
    const counts = perSource.subarray(source * width, (source + 1) * width);
    const key = String.fromCharCode(...counts);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { counts: Float64Array.from(counts), frequency: 1 });
    else known.frequency++;
  }
  // The largest last: it takes what the others leave and needs no draw of its own.
  const profiles = [...byKey.values()].sort((a, b) => a.frequency - b.frequency);
  return {
    width,
    counts: profiles.map(({ counts }) => counts),
    frequency: Float64Array.from(profiles, ({ frequency }) => frequency),
    sourceCount,
  };
}

/**
 * Draws `resampleCount` bootstrap samples of the sources and hands the summed counts of each to `onSample`: CELL_COUNT
 * numbers per matrix, in an array that is used again.
 */
export function resampleSources(
  { width, counts, frequency, sourceCount }: SourceProfiles,
  seed: number,
  resampleCount: number,
  onSample: (summed: Float64Array) => void,
): void {
  const random = randomStream(seed);
  const drawn = new Float64Array(counts.length);
  const summed = new Float64Array(width);
  for (let resample = 0; resample < resampleCount; resample++) {
    multinomialInto(drawn, random, sourceCount, frequency);
    summed.fill(0);
    for (let profile = 0; profile < counts.length; profile++) {
      const times = drawn[profile]!;
      if (times === 0) continue;
      const own = counts[profile]!;
      for (let cell = 0; cell < summed.length; cell++) summed[cell]! += times * own[cell]!;
    }
    onSample(summed);
  }
}
