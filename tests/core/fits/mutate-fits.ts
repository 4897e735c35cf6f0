import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { describeHdus } from '../../../src/core/fits/describe-hdus.ts';
import { readHdus } from '../../../src/core/fits/hdu.ts';
import { imageOf, isPlane, readWindow } from '../../../src/core/fits/image.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import type { RandomStream } from '../../../src/core/random/philox.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import { inflate } from '../../../src/services/fits-files/inflate.ts';

/** Small whole FITS files: each image, table and compressed image of the fixtures in a file of its own. */
export async function smallFiles(): Promise<Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (const name of ['images.fits', 'columns.fits', 'compressed.fits']) {
    const bytes = new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../fixtures', name)));
    const hdus = await readHdus(bytesAsSource(name, bytes));
    const ends = hdus.map(({ dataOffset, dataBytes }) => dataOffset + Math.ceil(dataBytes / 2880) * 2880);
    for (let i = 1; i < hdus.length; i++) {
      files.push(Uint8Array.from([...bytes.subarray(0, ends[0]), ...bytes.subarray(ends[i - 1], ends[i])]));
    }
  }
  const pixels = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i));
  const cards = [
    { keyword: 'CTYPE1', value: 'RA---SIN' },
    { keyword: 'CTYPE2', value: 'DEC--SIN' },
    { keyword: 'CRVAL1', value: 205.5 },
    { keyword: 'CRVAL2', value: 55.25 },
    { keyword: 'CDELT1', value: -0.0004 },
    { keyword: 'CDELT2', value: 0.0004 },
    { keyword: 'EQUINOX', value: 2000 },
    { keyword: 'CROTA2', value: 12.5 },
  ];
  for (let copy = 0; copy < 4; copy++) files.push(fitsImageBytes({ pixels, widthPix: 30, heightPix: 20, cards }));
  return files;
}

/** Numbers and words that break programs. */
const VALUES = [
  ...['0', '-1', '1', '2', '255', '32767', '65536', '2147483647', '2147483648', '4294967296', '9007199254740993'],
  ...['99999999999999999999', '-2147483648', '1E308', '-1E308', '1D-320', '0.5', 'NaN', 'T', 'F', "''", "'1PE(99)'"],
  ...[
    "'999A'",
    "'1QD(5)'",
    "'0A'",
    "'1024X'",
    "'GZIP_1'",
    "'RICE_1'",
    "'HCOMPRESS_1'",
    "'PLIO_1'",
    "'DEC--GLS'",
    '8',
    '-64',
  ],
];

/** A damaged copy of a file: one to four damages, from single bits to lost blocks. The file itself stays as it is. */
export function mutated(file: Uint8Array, random: RandomStream): Uint8Array {
  let bytes: Uint8Array = file.slice();
  for (let count = 1 + random.integer(4); count > 0; count--) bytes = damaged(bytes, random);
  return bytes;
}

function damaged(bytes: Uint8Array, random: RandomStream): Uint8Array {
  const size = bytes.length;
  if (size === 0) return bytes;
  const at = random.integer(size);
  switch (random.integer(9)) {
    case 0:
      bytes[at] = bytes[at]! ^ (1 << random.integer(8));
      return bytes;
    case 1:
      bytes[at] = random.integer(256);
      return bytes;
    case 2:
    case 3:
    case 4: {
      // The value of a card: of one with a number or a text, wherever it is.
      const cards = Math.floor(size / 80);
      for (let attempt = 0; attempt < 60; attempt++) {
        const card = 80 * random.integer(cards);
        if (bytes[card + 8] !== 0x3d || bytes[card] === 0x20) continue;
        const value = VALUES[random.integer(VALUES.length)]!.padStart(20);
        for (let i = 0; i < 70; i++) bytes[card + 10 + i] = i < value.length ? value.charCodeAt(i) : 0x20;
        break;
      }
      return bytes;
    }
    case 5:
      return bytes.slice(0, at);
    case 6: {
      const length = 1 + random.integer(Math.min(200, size - at));
      bytes.fill([0, 0xff, 0x20, 0x39][random.integer(4)]!, at, at + length);
      return bytes;
    }
    case 7: {
      // A block lost or doubled.
      const block = 2880 * random.integer(Math.ceil(size / 2880));
      const isLost = random.integer(2) === 0;
      const [before, after] = [
        bytes.subarray(0, isLost ? block : block + 2880),
        bytes.subarray(isLost ? block + 2880 : block),
      ];
      return Uint8Array.from([...before, ...after]);
    }
    default: {
      const from = random.integer(size);
      bytes.copyWithin(at, from, Math.min(size, from + 80));
      return bytes;
    }
  }
}

/** How reading a file ended: data of the right shape, or the kinds of the refusals. */
export type Outcome = ReadonlySet<string>;

/**
 * Reads everything in a file.
 * @throws Error where data are not of the shape that they claim, and whatever is thrown that is no DomainFailure
 */
export async function outcomeOf(bytes: Uint8Array, random: RandomStream): Promise<Outcome> {
  const source = bytesAsSource('mutated.fits', bytes, inflate);
  const outcome = new Set<string>();
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
      outcome.add('data');
    } catch (thrown) {
      const error = domainErrorOf(thrown);
      if (error === undefined) throw thrown;
      outcome.add(error.kind);
    }
  };
  await attempt(async () => {
    await describeHdus(source);
  });
  await attempt(async () => {
    for (const hdu of await readHdus(source)) {
      if (isPlane(hdu)) {
        await attempt(async () => {
          const image = imageOf(source, hdu);
          const { widthPix, heightPix, planeCount } = image;
          const plane = random.integer(Math.min(planeCount, 2 ** 31));
          const x = random.integer(Math.min(widthPix, 2 ** 31)) - 3;
          const y = random.integer(Math.min(heightPix, 2 ** 31)) - 3;
          const pixels = await readWindow(image, { x, y, width: 50, height: 20, plane });
          if (pixels.length !== 1000) throw new Error(`${pixels.length} pixels in a window of 50 × 20`);
        });
        await attempt(() => {
          checkWcs(hdu.header);
          return Promise.resolve();
        });
      } else if (hdu.kind === 'binary-table' || hdu.kind === 'ascii-table') {
        await attempt(async () => {
          const { rowCount, columns } = await readFitsTable(source, hdu.index);
          for (const { name, data, repeat } of columns) {
            if (data.length !== rowCount * repeat) throw new Error(`${data.length} values in column ${name}`);
          }
        });
      }
    }
  });
  return outcome;
}

function checkWcs(header: Parameters<typeof wcsOf>[0]): void {
  const wcs = wcsOf(header, 'mutated.fits');
  const sky = wcs.pixelToSky(5, 7);
  if (sky === undefined) return;
  if (!(sky.ra >= 0 && sky.ra < 360 && Math.abs(sky.dec) <= 90)) throw new Error(`sky position ${sky.ra} ${sky.dec}`);
  const pixel = wcs.skyToPixel(sky);
  if (pixel !== undefined && !Number.isFinite(pixel.x + pixel.y)) throw new Error(`pixel ${pixel.x} ${pixel.y}`);
}
