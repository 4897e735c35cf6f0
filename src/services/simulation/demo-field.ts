import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { randomStream } from '../../core/random/philox.ts';
import { refuseCancelled } from '../threads/in-turn.ts';
import { PIXEL_ARCSEC } from './beam.ts';
import type { FieldPlan } from './field-plan.ts';
import { fieldWcs } from './mosaic-file.ts';
import type { PhysicalSource } from './physical-source.ts';
import type { Progress } from './progress.ts';
import { partOf } from './progress.ts';
import { CLEARLY_SPLIT_DOUBLE, friiBlobs, plumeBlobs } from './radio-galaxies.ts';
import { simulateField } from './simulate-field.ts';
import type { FieldFiles } from './write-field.ts';
import { fieldFilesIn, writeField } from './write-field.ts';

/** Changes when the simulation does, so that an older cached field is not taken for this one. */
const DEMO_VERSION = 3;

const DEMO_PLAN: FieldPlan = {
  name: 'P180+50',
  centreRaDeg: 180.06,
  centreDecDeg: 50.04,
  side: 3000,
  seed: 20240613,
  firstStream: 0,
};

/** Nothing else lies this close to the three sources that are set by hand [pixel]. */
const CLEAR_PIX = 60;

/** Centre of the double, near the middle of the field [pixel]. */
const DOUBLE_X = 1490;
const DOUBLE_Y = 1510;

/** Three sources to look at first: a double with its lobes apart, an FRI, and a bent tail. */
function showpieces(): PhysicalSource[] {
  const random = randomStream(DEMO_PLAN.seed, 0xdee0);
  const [fx, fy] = [DOUBLE_X, DOUBLE_Y];
  const double: PhysicalSource = {
    kind: 'frii',
    host: { xPix: fx, yPix: fy, magnitude: 18.6 },
    blobs: friiBlobs({ xPix: fx, yPix: fy, paRad: 0.9, fluxMjy: 170, sizeArcsec: 118 }, CLEARLY_SPLIT_DOUBLE),
  };
  const [ix, iy] = [fx + 310, fy + 90];
  const fri: PhysicalSource = {
    kind: 'fri',
    host: { xPix: ix, yPix: iy, magnitude: 16.9 },
    blobs: plumeBlobs(
      { xPix: ix, yPix: iy, paRad: 2.2, fluxMjy: 95, sizeArcsec: 150 },
      {
        coreShare: 0.16,
        departureRad: [0, Math.PI + 0.15],
        curvatureRad: [0.8, 0.7],
        lengthRatio: 1.1,
        fluxRatio: 1.2,
        flareAt: 0.1,
        fadeLength: 0.33,
        openingRatio: 0.6,
        patchiness: 0.35,
      },
      random,
    ),
  };
  const [tx, ty] = [fx - 260, fy - 210];
  const tail: PhysicalSource = {
    kind: 'wide-angle-tail',
    host: { xPix: tx, yPix: ty, magnitude: 17.4 },
    blobs: plumeBlobs(
      { xPix: tx, yPix: ty, paRad: -0.6, fluxMjy: 110, sizeArcsec: 135 },
      {
        coreShare: 0.06,
        departureRad: [0.95, -0.95],
        curvatureRad: [-0.8, 0.75],
        lengthRatio: 1.15,
        fluxRatio: 1.1,
        flareAt: 0.35,
        fadeLength: 0.35,
        openingRatio: 0.35,
        patchiness: 0.3,
      },
      random,
    ),
  };
  return [double, fri, tail];
}

const doubleOnSky = fieldWcs(DEMO_PLAN).pixelToSky(DOUBLE_X, DOUBLE_Y)!;

/** Where a newcomer's first look goes: the double in the middle of the demo field. */
export const DEMO_TARGET = {
  raDeg: doubleOnSky.ra as number,
  decDeg: doubleOnSky.dec as number,
  /** A window that shows the double with its surroundings [deg]. */
  fieldOfViewDeg: (400 * PIXEL_ARCSEC) / 3600,
} as const;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * The demo field: simulated at first use from a fixed seed (a few seconds), then taken from the cache.
 * @param cacheFolder made if it is not there; the field gets a folder of its own in it
 * @throws DomainFailure 'file-unwritable', or 'cancelled'; nothing is kept then
 */
export async function ensureDemoField(
  cacheFolder: string,
  onProgress: Progress,
  signal?: AbortSignal,
): Promise<FieldFiles> {
  const step: Progress = (fraction, label) => {
    refuseCancelled(signal);
    onProgress(fraction, label);
  };
  const folder = join(cacheFolder, `demo-field-${DEMO_VERSION}`);
  const files = fieldFilesIn(folder, DEMO_PLAN.name);
  // The mosaic is written last and whole: where it is, all of it is.
  if (await exists(files.mosaic)) {
    onProgress(1, 'The demo field is there');
    return files;
  }
  await mkdir(folder, { recursive: true });
  const field = await simulateField(DEMO_PLAN, partOf(step, 0, 0.95), {
    extra: showpieces(),
    clearPix: CLEAR_PIX,
  });
  await writeField(folder, field);
  onProgress(1, 'The demo field is ready');
  return files;
}
