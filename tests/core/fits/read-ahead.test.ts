import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ByteSource } from '../../../src/core/fits/byte-source.ts';
import { readAhead } from '../../../src/core/fits/read-ahead.ts';
import { rejectionOf } from '../../expect-failure.ts';

/** A source that fills the memory it is lent, as a file does. */
function reusingSource(stored: Uint8Array): ByteSource {
  return {
    name: 'x.fits',
    sizeBytes: stored.length,
    read: (offset, length, into) => {
      const part = stored.subarray(offset, offset + length);
      const bytes =
        into !== undefined && into.length >= part.length ? into.subarray(0, part.length) : new Uint8Array(part.length);
      bytes.set(part);
      return Promise.resolve(bytes);
    },
  };
}

async function joined(source: ByteSource, offset: number, end: number, pieceBytes: number): Promise<number[]> {
  const bytes: number[] = [];
  for await (const piece of readAhead(source, offset, end, pieceBytes)) {
    // The piece after this one is being read meanwhile.
    await Promise.resolve();
    bytes.push(...piece);
  }
  return bytes;
}

test('a file that ends before its rows do is refused', async () => {
  const source = reusingSource(new Uint8Array(10));
  expect((await rejectionOf(() => joined(source, 4, 12, 4))).kind).toBe('fits-truncated');
});

test('pieces joined are the bytes of the file, however long a piece is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.nat(59),
      fc.integer({ min: 1, max: 20 }),
      async (stored, start, pieceBytes) => {
        const offset = start % stored.length;
        const bytes = await joined(reusingSource(stored), offset, stored.length, pieceBytes);
        expect(bytes).toEqual([...stored.subarray(offset)]);
      },
    ),
    { seed: 1 },
  );
});
