import type { RandomStream } from '../../core/random/philox.ts';
import { PIXEL_ARCSEC } from './beam.ts';
import type { FluxDistribution, Thinning } from './counts.ts';
import { fluxDistribution } from './counts.ts';
import { between, chance, logNormal } from './draw.ts';
import { drawHost } from './optical-sky.ts';
import type { Blob, PhysicalSource, SourceKind } from './physical-source.ts';
import type { RadioGalaxyPlan } from './radio-galaxies.ts';
import {
  drawFriLook,
  drawFriiLook,
  drawNarrowAngleTailLook,
  drawWideAngleTailLook,
  friiBlobs,
  plumeBlobs,
  relicBlobs,
} from './radio-galaxies.ts';
import { sourceFrame } from './source-frame.ts';

/** Every number that shapes the population. Tuned on the 12,093 DR1 rows of P205+55 and P218+55; see docs/science. */
export interface PopulationRecipe {
  readonly faintestMjy: number;
  readonly brightestMjy: number;
  readonly thinning: Thinning;
  /** Chance that a source of 1 mJy, and of 100 mJy, is a resolved radio galaxy; linear in log flux between and beyond. */
  readonly radioGalaxyShareAt1Mjy: number;
  readonly radioGalaxyShareAt100Mjy: number;
  /** Median size of radio galaxies at 10 mJy [arcsec] and scatter of its natural logarithm. */
  readonly radioGalaxySizeArcsec: number;
  readonly radioGalaxySizeScatter: number;
  /** Chance of a large face-on star-forming galaxy. */
  readonly largeStarFormingShare: number;
  /** Relics per deg². */
  readonly relicsPerDeg2: number;
  /** Chance that a compact source has a physically unrelated neighbour nearby (clustering of the radio sky). */
  readonly companionShare: number;
}

export const DEFAULT_POPULATION: PopulationRecipe = {
  faintestMjy: 0.15,
  brightestMjy: 6000,
  thinning: { belowMjy: 30, exponent: 0.175 },
  radioGalaxyShareAt1Mjy: 0.016,
  radioGalaxyShareAt100Mjy: 0.66,
  radioGalaxySizeArcsec: 31,
  radioGalaxySizeScatter: 0.8,
  largeStarFormingShare: 0.07,
  relicsPerDeg2: 0.3,
  companionShare: 0.05,
};

const LARGEST_RADIO_GALAXY_ARCSEC = 240;
const SMALLEST_RADIO_GALAXY_ARCSEC = 4;
/** Radio galaxies grow slightly with flux: θ ∝ S^0.25 (Windhorst et al. 1990: S^0.3). */
const SIZE_FLUX_EXPONENT = 0.25;
/** Scatter between a compact source's radio centre and its galaxy [arcsec, each axis]. */
const HOST_OFFSET_ARCSEC = 0.25;
/** Apparent sizes of compact sources, ionospheric smearing included [arcsec]. */
const COMPACT_SIZE_ARCSEC = 2.3;
const COMPACT_SIZE_SCATTER = 0.55;
/** Share of compact sources with two parts a beam or so apart: they make most of DR1's small M sources. */
const COMPACT_DOUBLE_SHARE = 0.36;

const KIND_SHARES: readonly (readonly [SourceKind, number])[] = [
  ['frii', 0.42],
  ['fri', 0.27],
  ['wide-angle-tail', 0.18],
  ['narrow-angle-tail', 0.13],
];

function drawKind(random: RandomStream): SourceKind {
  let left = random.uniform();
  for (const [kind, share] of KIND_SHARES) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'frii';
}

function radioGalaxyBlobs(kind: SourceKind, plan: RadioGalaxyPlan, random: RandomStream): Blob[] {
  switch (kind) {
    case 'fri':
      return plumeBlobs(plan, drawFriLook(random), random);
    case 'wide-angle-tail':
      return plumeBlobs(plan, drawWideAngleTailLook(random), random);
    case 'narrow-angle-tail':
      return plumeBlobs(plan, drawNarrowAngleTailLook(random), random);
    case 'relic':
      return relicBlobs(plan, random);
    case 'frii':
    case 'compact':
    case 'star-forming':
      return friiBlobs(plan, drawFriiLook(random));
  }
}

function withHost(kind: SourceKind, xPix: number, yPix: number, blobs: Blob[], random: RandomStream): PhysicalSource {
  const scatter = HOST_OFFSET_ARCSEC / PIXEL_ARCSEC;
  return {
    kind,
    blobs,
    host: drawHost(kind, xPix + scatter * random.normal(), yPix + scatter * random.normal(), random),
  };
}

function compactSource(xPix: number, yPix: number, fluxMjy: number, random: RandomStream): PhysicalSource {
  const size = Math.min(12, logNormal(random, COMPACT_SIZE_ARCSEC, COMPACT_SIZE_SCATTER));
  const frame = sourceFrame(xPix, yPix, Math.PI * random.uniform());
  const axisRatio = between(random, 0.25, 1);
  if (chance(random, COMPACT_DOUBLE_SHARE)) {
    // A double too small for the beam: its second part, or its faint halo, is all that shows.
    const apart = Math.min(9, logNormal(random, 5, 0.4));
    const share = between(random, 0.15, 0.5);
    frame.add(-share * apart, 0, 1 - share, size, size * axisRatio, Math.PI * random.uniform());
    frame.add((1 - share) * apart, 0, share, 1.3 * size, size, Math.PI * random.uniform());
  } else {
    frame.add(0, 0, 1, size, size * axisRatio);
  }
  return withHost('compact', xPix, yPix, frame.blobs(fluxMjy), random);
}

function largeStarFormingGalaxy(xPix: number, yPix: number, fluxMjy: number, random: RandomStream): PhysicalSource {
  const frame = sourceFrame(xPix, yPix, Math.PI * random.uniform());
  const size = Math.min(70, logNormal(random, 18, 0.5));
  const axisRatio = between(random, 0.4, 1);
  frame.add(0, 0, between(random, 0.1, 0.4), 0.4 * size, 0.4 * size * axisRatio);
  frame.add(0, 0, between(random, 0.6, 0.9), size, size * axisRatio);
  return withHost('star-forming', xPix, yPix, frame.blobs(fluxMjy), random);
}

function radioGalaxy(kind: SourceKind, plan: RadioGalaxyPlan, random: RandomStream): PhysicalSource {
  return withHost(kind, plan.xPix, plan.yPix, radioGalaxyBlobs(kind, plan, random), random);
}

function radioGalaxyShare(recipe: PopulationRecipe, fluxMjy: number): number {
  const slope = (recipe.radioGalaxyShareAt100Mjy - recipe.radioGalaxyShareAt1Mjy) / 2;
  return Math.min(0.85, Math.max(0.01, recipe.radioGalaxyShareAt1Mjy + slope * Math.log10(fluxMjy)));
}

/** One source at a position; what it is depends on its flux and on chance. */
function drawSource(
  recipe: PopulationRecipe,
  xPix: number,
  yPix: number,
  fluxMjy: number,
  random: RandomStream,
): PhysicalSource {
  if (chance(random, radioGalaxyShare(recipe, fluxMjy))) {
    const median = recipe.radioGalaxySizeArcsec * (fluxMjy / 10) ** SIZE_FLUX_EXPONENT;
    const size = logNormal(random, median, recipe.radioGalaxySizeScatter);
    const plan = {
      xPix,
      yPix,
      paRad: 2 * Math.PI * random.uniform(),
      fluxMjy,
      sizeArcsec: Math.min(LARGEST_RADIO_GALAXY_ARCSEC, Math.max(SMALLEST_RADIO_GALAXY_ARCSEC, size)),
    };
    return radioGalaxy(drawKind(random), plan, random);
  }
  if (chance(random, recipe.largeStarFormingShare)) {
    return largeStarFormingGalaxy(xPix, yPix, Math.max(fluxMjy, 0.6) * logNormal(random, 1.6, 0.8), random);
  }
  return compactSource(xPix, yPix, fluxMjy, random);
}

/** Every radio source on a square of sky. Sources near the border hang over it, as on a real mosaic. */
export function drawPopulation(side: number, recipe: PopulationRecipe, random: RandomStream): PhysicalSource[] {
  const distribution: FluxDistribution = fluxDistribution(recipe.faintestMjy, recipe.brightestMjy, recipe.thinning);
  const areaDeg2 = ((side * PIXEL_ARCSEC) / 3600) ** 2;
  const count = random.poisson((distribution.densityPerDeg2 * areaDeg2) / (1 + recipe.companionShare));
  const sources: PhysicalSource[] = [];
  for (let i = 0; i < count; i++) {
    const [xPix, yPix] = [side * random.uniform(), side * random.uniform()];
    const fluxMjy = distribution.draw(random);
    sources.push(drawSource(recipe, xPix, yPix, fluxMjy, random));
    if (chance(random, recipe.companionShare)) {
      // Neighbours in the same large-scale structure: brightnesses somewhat alike, nothing else in common.
      const distancePix = logNormal(random, 26, 0.5) / PIXEL_ARCSEC;
      const angle = 2 * Math.PI * random.uniform();
      const companionFlux = logNormal(random, Math.min(fluxMjy, 20), 0.8);
      const [x, y] = [xPix + distancePix * Math.cos(angle), yPix + distancePix * Math.sin(angle)];
      sources.push(compactSource(x, y, companionFlux, random));
    }
  }
  const relics = random.poisson(recipe.relicsPerDeg2 * areaDeg2);
  for (let i = 0; i < relics; i++) {
    const plan = {
      xPix: side * random.uniform(),
      yPix: side * random.uniform(),
      paRad: 2 * Math.PI * random.uniform(),
      fluxMjy: logNormal(random, 25, 0.8),
      sizeArcsec: between(random, 40, 150),
    };
    sources.push(radioGalaxy('relic', plan, random));
  }
  return sources;
}
