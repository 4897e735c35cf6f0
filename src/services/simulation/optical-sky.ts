import { philox4x32 } from '../../core/random/philox.ts';
import type { RandomStream } from '../../core/random/philox.ts';
import { PIXEL_ARCSEC } from './beam.ts';
import type { Host, SourceKind } from './physical-source.ts';

/**
 * Surface density of the optical and infrared catalogue that DR1 was matched to [arcsec⁻²]: 26.6 million Pan-STARRS and
 * AllWISE sources in 424 deg². Source: Williams et al. 2019, A&A 622, A2, §2.
 */
export const BACKGROUND_PER_ARCSEC2 = 26.6e6 / (424 * 3600 * 3600);

/** Limits of the optical catalogue [mag, i band]. */
const BRIGHTEST_MAG = 13;
const FAINTEST_MAG = 23;
/** Slope of the background counts, d log10 N / dm: between Euclid's 0.6 and the faint end's 0.3. */
const COUNTS_SLOPE = 0.32;
const COUNTS_RATE = COUNTS_SLOPE * Math.LN10;
const COUNTS_NORMALISATION = COUNTS_RATE / (Math.exp(COUNTS_RATE * (FAINTEST_MAG - BRIGHTEST_MAG)) - 1);

/** Background galaxies per arcsec² and magnitude, n(m). */
export function backgroundDensity(magnitude: number): number {
  if (magnitude < BRIGHTEST_MAG || magnitude > FAINTEST_MAG) return 0;
  return BACKGROUND_PER_ARCSEC2 * COUNTS_NORMALISATION * Math.exp(COUNTS_RATE * (magnitude - BRIGHTEST_MAG));
}

const backgroundMagnitude = (uniform: number): number =>
  BRIGHTEST_MAG + Math.log(1 + uniform * (Math.exp(COUNTS_RATE * (FAINTEST_MAG - BRIGHTEST_MAG)) - 1)) / COUNTS_RATE;

/** Mean and scatter of the hosts' magnitudes, one population for all: the LR must not know the class. */
const HOST_MEAN_MAG = 19.6;
const HOST_SIGMA_MAG = 1.7;
/** Share of radio sources with an optical counterpart, Q0. Source: Williams et al. 2019, §4: ~73–80 %. */
const HOST_SHARE = 0.76;

/** Magnitudes of true counterparts per magnitude, normalised to Q0: q(m). */
export function counterpartDistribution(magnitude: number): number {
  const z = (magnitude - HOST_MEAN_MAG) / HOST_SIGMA_MAG;
  return (HOST_SHARE * Math.exp(-0.5 * z * z)) / (HOST_SIGMA_MAG * Math.sqrt(2 * Math.PI));
}

/** Probability that the optical survey shows a host: nearby star-forming galaxies nearly always, AGN hosts less often. */
const DETECTION: Readonly<Record<SourceKind, number>> = {
  compact: 0.74,
  'star-forming': 0.97,
  frii: 0.68,
  fri: 0.85,
  'wide-angle-tail': 0.85,
  'narrow-angle-tail': 0.88,
  relic: 0.3,
};

/** Draws a host at a position, or none where the survey would not show it. */
export function drawHost(kind: SourceKind, xPix: number, yPix: number, random: RandomStream): Host | undefined {
  const detected = random.uniform() < DETECTION[kind];
  const magnitude = HOST_MEAN_MAG + HOST_SIGMA_MAG * random.normal();
  if (!detected) return undefined;
  return { xPix, yPix, magnitude: Math.min(FAINTEST_MAG, Math.max(BRIGHTEST_MAG, magnitude)) };
}

/** Side of the cells that the background is made in [pixel]. */
const CELL_PIX = 20;
const CELL_MEAN = BACKGROUND_PER_ARCSEC2 * (CELL_PIX * PIXEL_ARCSEC) ** 2;
const WORD = 4294967296;

/** The unrelated galaxies of a field. None is stored: each cell is made again from its number when asked for. */
export interface BackgroundGalaxies {
  within(xPix: number, yPix: number, radiusPix: number): Host[];
}

export function backgroundGalaxies(seed: number, stream: number): BackgroundGalaxies {
  const counter = new Uint32Array(4);
  const words = new Uint32Array(4);

  function galaxiesOfCell(i: number, j: number): Host[] {
    counter.set([0, i, j, 0]);
    philox4x32(counter, seed, stream, words);
    // Poisson by inversion, from one word.
    let term = Math.exp(-CELL_MEAN);
    let left = words[0]! / WORD - term;
    let count = 0;
    while (left > 0 && count < 60) {
      count++;
      term *= CELL_MEAN / count;
      left -= term;
    }
    return Array.from({ length: count }, (_, galaxy) => {
      counter[0] = galaxy + 1;
      philox4x32(counter, seed, stream, words);
      return {
        xPix: (i + words[0]! / WORD) * CELL_PIX,
        yPix: (j + words[1]! / WORD) * CELL_PIX,
        magnitude: backgroundMagnitude(words[2]! / WORD),
      };
    });
  }

  return {
    within(xPix, yPix, radiusPix) {
      const found: Host[] = [];
      for (let j = Math.floor((yPix - radiusPix) / CELL_PIX); j <= Math.floor((yPix + radiusPix) / CELL_PIX); j++) {
        for (let i = Math.floor((xPix - radiusPix) / CELL_PIX); i <= Math.floor((xPix + radiusPix) / CELL_PIX); i++) {
          for (const galaxy of galaxiesOfCell(i, j)) {
            if (Math.hypot(galaxy.xPix - xPix, galaxy.yPix - yPix) <= radiusPix) found.push(galaxy);
          }
        }
      }
      return found;
    },
  };
}
