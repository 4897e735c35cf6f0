import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeWindow } from '../src/core/cutout/make-cutout.ts';
import { headerBytes } from '../src/core/fits/write.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { degrees } from '../src/core/units/quantities.ts';
import { openMosaic } from '../src/services/fits-files/mosaic.ts';
import { inReadingOrder } from '../src/services/inference/reading-order.ts';
import { WindowReader } from '../src/services/inference/window-reader.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const SIDE = 9000;
const SOURCES = 20_000;
const WINDOW = 256;
const WARM_UP_ROUNDS = 1;
const ROUNDS = 5;
const SKY_ROUNDS = 3;
const HEADER_BYTES = 2880;

/** The lower left corner of a source's window, inside the mosaic. */
interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Windows of 20,000 sources from one mosaic: Lobate as a run reads them, astropy, and the least that has to be done. */
export const cutoutsBenchmark: Benchmark = {
  summary:
    'windows of 20,000 sources from a 9000 × 9000 mosaic, against astropy Cutout2D and the floor of memory copies',
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const path = join(folder, 'mosaic.fits');
      const cornersPath = join(folder, 'corners.i32');
      await writeMosaic(path);
      const corners = randomCorners();
      await writeFile(cornersPath, Int32Array.from(corners.flatMap(({ x, y }) => [x, y])));
      const peer = await startPythonPeer(
        'astropy_cutouts.py',
        [path, cornersPath, String(WINDOW)],
        'astropy',
        'python3-astropy',
      );
      const sums = { ours: 0, floor: 0 };
      const byLobate = async (): Promise<void> => void (sums.ours = await windowsByLobate(path, corners));
      const byCopying = async (): Promise<void> => void (sums.floor = await windowsByCopying(path, corners));
      try {
        const [ours, floor, theirs] = await mediansInTurns(
          [() => timeOf(byLobate), () => timeOf(byCopying), peer.run],
          { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS },
        );
        if (sums.ours !== sums.floor) throw new Error(`windows differ: ${sums.ours} against ${sums.floor}`);
        const unit = `ms for ${SOURCES} windows`;
        yield { name: 'cutouts', ours, peer: theirs, peerName: peer.name, unit };
        yield { name: 'cutouts-floor', ours, peer: floor, peerName: 'read once + swap32 + memcpy', unit };
      } finally {
        peer.stop();
      }
      yield measureBySky(path, folder, corners);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Every so many of the sources: astropy takes milliseconds for each. */
const SKY_STEP = 10;

/** The same windows by the sources' positions, as a user of either has them: WCS and order are part of the work. */
async function measureBySky(path: string, folder: string, corners: readonly Corner[]): Promise<Measurement> {
  const mosaic = await openMosaic(path);
  const positions = corners
    .filter((_, i) => i % SKY_STEP === 0)
    // Off the edges between pixels, where rounding alone would decide.
    .flatMap(({ x, y }) => {
      const { ra, dec } = mosaic.wcs.pixelToSky(x + WINDOW / 2 + 0.2, y + WINDOW / 2 + 0.2)!;
      return [ra, dec];
    });
  await mosaic.close();
  const positionsPath = join(folder, 'positions.f64');
  await writeFile(positionsPath, Float64Array.from(positions));
  const peer = await startPythonPeer(
    'astropy_sky_cutouts.py',
    [path, positionsPath, String(WINDOW)],
    'astropy',
    'python3-astropy',
  );
  try {
    const bySky = (): Promise<number> => windowsBySky(path, Float64Array.from(positions));
    const [ours, theirs] = await mediansInTurns([() => timeOf(bySky), peer.run], { rounds: SKY_ROUNDS });
    const unit = `ms for ${positions.length / 2} windows`;
    return { name: 'cutouts-sky', ours, peer: theirs, peerName: peer.name, unit };
  } finally {
    peer.stop();
  }
}

async function windowsBySky(path: string, positions: Float64Array): Promise<number> {
  const mosaic = await openMosaic(path);
  try {
    const places = sortedForReading(
      Array.from({ length: positions.length / 2 }, (_, i) => {
        const sky = { ra: degrees(positions[2 * i]!), dec: degrees(positions[2 * i + 1]!) };
        return placeWindow(mosaic.wcs.skyToPixel(sky)!, WINDOW);
      }),
    );
    const reader = new WindowReader(mosaic);
    let sum = 0;
    let window: Float32Array | Float64Array | undefined;
    for (const place of places) {
      window = await reader.read(place, window);
      sum += sampleOf(window);
    }
    return sum;
  } finally {
    await mosaic.close();
  }
}

/** Any pixels do; a slope that repeats shows a window that is one off. */
async function writeMosaic(path: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.write(
      headerBytes([
        { keyword: 'SIMPLE', value: true },
        { keyword: 'BITPIX', value: -32 },
        { keyword: 'NAXIS', value: 2 },
        { keyword: 'NAXIS1', value: SIDE },
        { keyword: 'NAXIS2', value: SIDE },
        { keyword: 'CTYPE1', value: 'RA---SIN' },
        { keyword: 'CTYPE2', value: 'DEC--SIN' },
        { keyword: 'CRVAL1', value: 205 },
        { keyword: 'CRVAL2', value: 55 },
        { keyword: 'CRPIX1', value: SIDE / 2 },
        { keyword: 'CRPIX2', value: SIDE / 2 },
        { keyword: 'CDELT1', value: -1.5 / 3600 },
        { keyword: 'CDELT2', value: 1.5 / 3600 },
      ]),
    );
    const rows = 100;
    const band = new DataView(new ArrayBuffer(4 * SIDE * rows));
    for (let y = 0; y < SIDE; y += rows) {
      for (let i = 0; i < SIDE * rows; i++) band.setFloat32(4 * i, (y * SIDE + i) % 999_983);
      await handle.write(new Uint8Array(band.buffer));
    }
    await handle.write(new Uint8Array((2880 - ((4 * SIDE * SIDE) % 2880)) % 2880));
  } finally {
    await handle.close();
  }
}

function randomCorners(): Corner[] {
  const random = randomStream(1);
  const corners = Array.from({ length: SOURCES }, () => {
    return { x: random.integer(SIDE - WINDOW), y: random.integer(SIDE - WINDOW) };
  });
  // From bottom to top, the best order for both peers.
  return corners.sort((a, b) => a.y - b.y);
}

/** The order in which a run reads them; finding it is part of the work. */
function sortedForReading<Place extends Corner>(corners: readonly Place[]): Place[] {
  const order = inReadingOrder({
    mosaic: new Int32Array(corners.length),
    x: corners.map(({ x }) => x),
    y: corners.map(({ y }) => y),
  });
  return Array.from(corners.keys())
    .sort(order)
    .map((k) => corners[k]!);
}

/** Sum of three pixels of each window: corners and middle. */
const sampleOf = (window: Float32Array | Float64Array): number =>
  window[0]! + window[(WINDOW / 2) * (WINDOW + 1)]! + window[WINDOW * WINDOW - 1]!;

async function windowsByLobate(path: string, corners: readonly Corner[]): Promise<number> {
  const mosaic = await openMosaic(path);
  try {
    const reader = new WindowReader(mosaic);
    let sum = 0;
    let window: Float32Array | Float64Array | undefined;
    for (const { x, y } of sortedForReading(corners)) {
      window = await reader.read({ x, y, width: WINDOW, height: WINDOW }, window);
      sum += sampleOf(window);
    }
    return sum;
  } finally {
    await mosaic.close();
  }
}

/** Nothing but reading all bytes once, swapping them once and copying the rows of the windows. */
async function windowsByCopying(path: string, corners: readonly Corner[]): Promise<number> {
  const bytes = Buffer.allocUnsafeSlow(4 * SIDE * SIDE);
  const handle = await open(path);
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(64 << 20, bytes.length - at), HEADER_BYTES + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  await handle.close();
  bytes.swap32();
  const window = new Float32Array(WINDOW * WINDOW);
  const target = Buffer.from(window.buffer);
  let sum = 0;
  for (const { x, y } of corners) {
    for (let row = 0; row < WINDOW; row++) {
      const from = 4 * ((y + row) * SIDE + x);
      bytes.copy(target, 4 * row * WINDOW, from, from + 4 * WINDOW);
    }
    sum += sampleOf(window);
  }
  return sum;
}
