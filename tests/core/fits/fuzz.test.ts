import { expect, test } from 'vitest';
import { randomStream } from '../../../src/core/random/philox.ts';
import { mutated, outcomeOf, smallFiles } from './mutate-fits.ts';

/** `node scripts/fuzz-fits.ts` runs as many as one likes and watches time and memory too. */
const COUNT = 2500;

test('of 2,500 damaged files each is refused by type or gives data of the right shape', async () => {
  const files = await smallFiles();
  const kinds = new Map<string, number>();
  for (let i = 0; i < COUNT; i++) {
    const random = randomStream(31, i);
    const outcome = await outcomeOf(mutated(files[i % files.length]!, random), random).catch((thrown: unknown) => {
      throw new Error(`damaged file ${i} of seed 31 broke the reader`, { cause: thrown });
    });
    for (const kind of outcome) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  // The damages reach every layer of the reader.
  for (const kind of [
    'data',
    'fits-not-fits',
    'fits-truncated',
    'fits-header-invalid',
    'fits-data-invalid',
    'wcs-missing',
  ]) {
    expect(kinds.get(kind), kind).toBeGreaterThan(10);
  }
});
