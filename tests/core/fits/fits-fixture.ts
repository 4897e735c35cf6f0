import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ByteSource } from '../../../src/core/fits/byte-source.ts';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';

const fixturePath = (name: string): string => resolve(import.meta.dirname, '../../fixtures', name);

/** A FITS file of tests/fixtures, in memory. */
export const fixtureSource = (name: string): ByteSource =>
  bytesAsSource(name, new Uint8Array(readFileSync(fixturePath(name))));

export interface ImageSample {
  readonly name: string;
  readonly axes: readonly number[];
  /** null where the pixel is not finite. */
  readonly expected: readonly (number | null)[];
}

export interface ColumnSample {
  readonly name: string;
  readonly form: string;
  readonly unit: string | null;
  readonly values: readonly unknown[];
}

/** What astropy reads in images.fits and columns.fits. */
export const samples = JSON.parse(readFileSync(fixturePath('fits_samples.json'), 'utf8')) as {
  readonly images: readonly ImageSample[];
  readonly columns: readonly ColumnSample[];
};

/** A source that counts what is read from it. */
export function countingSource(source: ByteSource): ByteSource & { bytesRead: number } {
  const counting = {
    name: source.name,
    sizeBytes: source.sizeBytes,
    bytesRead: 0,
    read: async (offset: number, length: number) => {
      const bytes = await source.read(offset, length);
      counting.bytesRead += bytes.length;
      return bytes;
    },
  };
  return counting;
}
