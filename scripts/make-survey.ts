// Command: node scripts/make-survey.ts FOLDER [--mosaics 841] [--side 9600] [--rows 20000]
// Writes a survey as LoTSS lays it out, for tests and benchmarks of opening one: FOLDER/mosaics/*-mosaic.fits, with true
// headers and, but for 12 of them, no pixels (sparse files: 369 MB each by name, 12 kB on the disk), and
// FOLDER/survey.srl.fits. The 12 have noise of 0.07 mJy/beam in 512 rows around the middle. Seed: 841.
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomStream } from '../src/core/random/philox.ts';
import type { Column } from '../src/core/table/table.ts';
import { writeTableFile } from '../src/services/table-writers/write-table-file.ts';

/** LoTSS: 2.58° between pointings, mosaics of 4° at 1.5″ per pixel with a beam of 6″. */
const SPACING_DEG = 2.58;
const PIXEL_DEG = 1.5 / 3600;
const WITH_PIXELS = 12;
const NOISE_ROWS = 512;
const NOISE_JY = 70e-6;

interface Pointing {
  readonly name: string;
  readonly raDeg: number;
  readonly decDeg: number;
}

function pointings(count: number): Pointing[] {
  const found: Pointing[] = [];
  for (let dec = 28; dec < 88 && found.length < count; dec += SPACING_DEG) {
    const inRing = Math.ceil((240 * Math.cos((dec * Math.PI) / 180)) / SPACING_DEG);
    for (let k = 0; k < inRing && found.length < count; k++) {
      const raDeg = 100 + (k * 240) / inRing;
      const name = `P${String(Math.round(raDeg * 10)).padStart(4, '0')}+${Math.round(dec)}`;
      found.push({ name, raDeg, decDeg: dec });
    }
  }
  return found;
}

function header({ name, raDeg, decDeg }: Pointing, side: number): Uint8Array {
  const value = (text: string | number | boolean): string =>
    typeof text === 'string'
      ? `'${text.padEnd(8)}'`
      : (typeof text === 'boolean' ? (text ? 'T' : 'F') : String(text)).padStart(20);
  const cards: readonly (readonly [string, string | number | boolean])[] = [
    ['SIMPLE', true],
    ['BITPIX', -32],
    ['NAXIS', 2],
    ['NAXIS1', side],
    ['NAXIS2', side],
    ['CTYPE1', 'RA---SIN'],
    ['CRVAL1', raDeg],
    ['CRPIX1', side / 2 + 0.5],
    ['CDELT1', -PIXEL_DEG],
    ['CUNIT1', 'deg'],
    ['CTYPE2', 'DEC--SIN'],
    ['CRVAL2', decDeg],
    ['CRPIX2', side / 2 + 0.5],
    ['CDELT2', PIXEL_DEG],
    ['CUNIT2', 'deg'],
    ['RADESYS', 'ICRS'],
    ['EQUINOX', 2000],
    ['BUNIT', 'JY/BEAM'],
    ['BMAJ', 6 / 3600],
    ['BMIN', 6 / 3600],
    ['BPA', 90],
    ['OBJECT', name],
    ['TELESCOP', 'LOFAR'],
    ['RESTFRQ', 143650000],
  ];
  const text =
    cards.map(([key, content]) => `${key.padEnd(8)}= ${value(content)}`.padEnd(80)).join('') + 'END'.padEnd(80);
  return new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 2880) * 2880));
}

async function writeMosaic(folder: string, pointing: Pointing, side: number, seed: number | undefined): Promise<void> {
  const file = await open(join(folder, `${pointing.name}-mosaic.fits`), 'w');
  try {
    const cards = header(pointing, side);
    await file.write(cards, 0, cards.length, 0);
    const dataBytes = Math.ceil((side * side * 4) / 2880) * 2880;
    await file.truncate(cards.length + dataBytes);
    if (seed === undefined) return;
    const random = randomStream(seed);
    const rows = Math.min(NOISE_ROWS, side);
    const noise = new DataView(new ArrayBuffer(rows * side * 4));
    for (let k = 0; k < rows * side; k++) noise.setFloat32(4 * k, NOISE_JY * random.normal());
    const start = cards.length + Math.floor((side - rows) / 2) * side * 4;
    await file.write(new Uint8Array(noise.buffer), 0, noise.byteLength, start);
  } finally {
    await file.close();
  }
}

function catalogueColumns(survey: readonly Pointing[], rows: number, side: number): Column[] {
  const random = randomStream(841);
  const reach = (side * PIXEL_DEG) / 2.2;
  const picked = Array.from({ length: rows }, () => survey[Math.floor(random.uniform() * survey.length)]!);
  const dec = picked.map(({ decDeg }) => decDeg + reach * (2 * random.uniform() - 1));
  const ra = picked.map(({ raDeg }, row) => {
    const offset = (reach * (2 * random.uniform() - 1)) / Math.cos((dec[row]! * Math.PI) / 180);
    return (raDeg + offset + 360) % 360;
  });
  const flux = Float64Array.from(ra, () => 0.5 * random.uniform() ** -0.8);
  const numbers = (name: string, unit: string, data: Float64Array): Column => ({ name, unit, data, repeat: 1 });
  return [
    { name: 'Source_Name', data: ra.map((_, row) => `S${row}`), repeat: 1 },
    numbers('RA', 'deg', Float64Array.from(ra)),
    numbers('DEC', 'deg', Float64Array.from(dec)),
    numbers(
      'Maj',
      'arcsec',
      flux.map((value) => 6 + value),
    ),
    numbers(
      'Min',
      'arcsec',
      flux.map(() => 6),
    ),
    numbers(
      'PA',
      'deg',
      flux.map((_, row) => row % 180),
    ),
    numbers('Total_flux', 'mJy', flux),
    numbers('Peak_flux', 'beam-1 mJy', flux),
    numbers(
      'Isl_rms',
      'beam-1 mJy',
      flux.map(() => 0.07),
    ),
    { name: 'S_Code', data: ra.map(() => 'S'), repeat: 1 },
    { name: 'Mosaic_ID', data: picked.map(({ name }) => name), repeat: 1 },
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mosaics: { type: 'string' }, side: { type: 'string' }, rows: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('node scripts/make-survey.ts FOLDER [--mosaics 841] [--side 9600] [--rows 20000]');
  process.exit(2);
}
const side = Number(values.side ?? 9600);
const rowCount = Number(values.rows ?? 20_000);
const survey = pointings(Number(values.mosaics ?? 841));
const mosaicFolder = join(folder, 'mosaics');
await mkdir(mosaicFolder, { recursive: true });
for (const [index, pointing] of survey.entries()) {
  await writeMosaic(mosaicFolder, pointing, side, index < WITH_PIXELS ? index + 1 : undefined);
}
await writeTableFile(join(folder, 'survey.srl.fits'), { rowCount, columns: catalogueColumns(survey, rowCount, side) });
console.log(`${survey.length} mosaics of ${side} × ${side} pixels and ${rowCount} sources: ${folder}`);
