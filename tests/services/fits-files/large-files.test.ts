import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewCard } from '../../../src/core/fits/write.ts';
import { fitsImageBytes, fitsTableBytes, headerBytes } from '../../../src/core/fits/write.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { openFileSource } from '../../../src/services/fits-files/file-source.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import { rejectionOf } from '../../expect-failure.ts';

const WIDTH = 40_000;
const HEIGHT = 30_000;
const ROW_BYTES = 4 * WIDTH;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lobate-large-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wcsCards: readonly NewCard[] = [
  { keyword: 'CTYPE1', value: 'RA---SIN' },
  { keyword: 'CTYPE2', value: 'DEC--SIN' },
  { keyword: 'CDELT1', value: -0.0004 },
  { keyword: 'CDELT2', value: 0.0004 },
];

/** A row of big-endian floats that say where they are. */
function rowBytes(row: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(ROW_BYTES));
  for (let x = 0; x < WIDTH; x++) view.setFloat32(4 * x, row + x / WIDTH);
  return new Uint8Array(view.buffer);
}

const WRITTEN_ROWS = [0, 13_421, 13_422, 26_843, 26_844, HEIGHT - 1];

/** 4.8 GB of which only some rows and a table at the end are written; undefined where the disk makes no holes. */
async function sparseMosaic(path: string): Promise<{ readonly tableStart: number } | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'w');
    const header = headerBytes([
      { keyword: 'SIMPLE', value: true },
      { keyword: 'BITPIX', value: -32 },
      { keyword: 'NAXIS', value: 2 },
      { keyword: 'NAXIS1', value: WIDTH },
      { keyword: 'NAXIS2', value: HEIGHT },
      ...wcsCards,
    ]);
    await handle.write(header, 0, header.length, 0);
    for (const row of WRITTEN_ROWS) await handle.write(rowBytes(row), 0, ROW_BYTES, header.length + row * ROW_BYTES);
    const tableStart = header.length + Math.ceil((HEIGHT * ROW_BYTES) / 2880) * 2880;
    const column = { name: 'ra', data: Float64Array.of(1.5, 2.5), repeat: 1 };
    const table = fitsTableBytes({ rowCount: 2, columns: [column], name: 'FAR' }).subarray(2880);
    await handle.write(table, 0, table.length, tableStart);
    const { blocks } = await handle.stat();
    return blocks * 512 < 200e6 ? { tableStart } : undefined;
  } catch (error) {
    console.warn(`skipped: ${String(error)}`);
    return undefined;
  } finally {
    await handle?.close();
  }
}

test('pixels and tables beyond 2 and 4 GiB are found', async ({ skip }) => {
  const path = join(folder, 'large.fits');
  const written = await sparseMosaic(path);
  if (written === undefined) return skip('the disk has no room for a sparse file of 4.8 GB');
  expect(written.tableStart).toBeGreaterThan(2 ** 32);
  const mosaic = await openMosaic(path);
  for (const row of WRITTEN_ROWS) {
    const pixels = await mosaic.readPixels({ x: 20_000, y: row, width: 3, height: 1 });
    expect([...pixels]).toEqual([0, 1, 2].map((i) => Math.fround(row + (20_000 + i) / WIDTH)));
  }
  // Rows 13421 and 26843 reach over 2 and 4 GiB; a window of both sides of the border.
  const border = await mosaic.readPixels({ x: 0, y: 26_843, width: WIDTH, height: 2 });
  expect([border[0], border[WIDTH]]).toEqual([26_843, 26_844]);
  await mosaic.close();
  const source = await openFileSource(path);
  const table = await readFitsTable(source, 'FAR');
  expect(table.columns[0]!.data).toEqual(Float64Array.of(1.5, 2.5));
  await source.close();
});

describe('a plane of a cube', () => {
  const cubeAt = async (): Promise<string> => {
    const path = join(folder, 'cube.fits');
    const pixels = Float32Array.from({ length: 4 * 3 * 5 }, (_, i) => Math.floor(i / 12));
    const handle = await open(path, 'w');
    await handle.write(fitsImageBytes({ pixels, widthPix: 4, heightPix: 3, planeCount: 5, cards: wcsCards }));
    await handle.close();
    return path;
  };

  test('that it does not have is refused', async () => {
    const path = await cubeAt();
    for (const plane of [0, 6]) {
      expect(await rejectionOf(() => openMosaic(`${path}[plane=${plane}]`))).toEqual({
        kind: 'argument-invalid',
        name: `${path}[plane=${plane}]`,
        why: 'it has planes 1 to 5',
      });
    }
  });

  test('is chosen in the path, counted from 1; without a choice the first is used and it is said', async () => {
    const path = await cubeAt();
    const window = { x: 0, y: 0, width: 1, height: 1 };
    const [first, third] = [await openMosaic(path), await openMosaic(`${path}[0][plane=3]`)];
    expect([...(await first.readPixels(window)), ...(await third.readPixels(window))]).toEqual([0, 2]);
    expect(first.warnings.join(' ')).toContain('It has 5 planes; the first is used. Write cube.fits[plane=2]');
    expect(third.warnings.join(' ')).not.toContain('planes');
    expect(third.name).toBe('cube');
    await Promise.all([first.close(), third.close()]);
  });
});
