import { describe, expect, test } from 'vitest';
import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { findNeighbours } from '../../../src/core/features/neighbours.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { inSteps, neighboursOf } from '../../../src/services/inference/opening-steps.ts';
import { rejectionOf } from '../../expect-failure.ts';

const ROWS = 60_000;
const random = randomStream(7);
const raDeg = Float64Array.from({ length: ROWS }, () => 150 + 10 * random.uniform());
const decDeg = Float64Array.from({ length: ROWS }, () => 40 + 10 * random.uniform());
const catalogue = { rowCount: ROWS, raDeg, decDeg } as SourceCatalogue;

describe('the neighbours of a large catalogue', () => {
  test('found in a thread are those found in place, while others have their turn', async () => {
    let turns = 0;
    const fractions: number[] = [];
    const ticking = setInterval(() => turns++, 1);
    const found = await neighboursOf(catalogue, { onProgress: (_, fraction) => fractions.push(fraction) });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(0);
    expect(fractions.length).toBeGreaterThan(1);
    expect(found).toEqual(findNeighbours(raDeg, decDeg));
    // What was given was not taken away.
    expect(raDeg).toHaveLength(ROWS);
  });

  test('can be given up', async () => {
    const abort = new AbortController();
    const found = neighboursOf(catalogue, { signal: abort.signal, onProgress: () => abort.abort() });
    expect(await rejectionOf(() => found)).toEqual({ kind: 'cancelled' });
  });
});

test('work in steps gives way between them, says how far it is, and stops when it is cancelled', async () => {
  const abort = new AbortController();
  const seen: number[] = [];
  function* steps(): Generator<number, string, void> {
    for (let step = 0; step < 4; step++) {
      if (step === 2) abort.abort();
      yield step / 4;
    }
    return 'done';
  }
  const stopped = inSteps(steps(), 'work', { signal: abort.signal, onProgress: (_, fraction) => seen.push(fraction) });
  expect(await rejectionOf(() => stopped)).toEqual({ kind: 'cancelled' });
  expect(seen).toEqual([0, 0.25, 0.5]);
  expect(await inSteps(steps(), 'work', {})).toBe('done');
});
