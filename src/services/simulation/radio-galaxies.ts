import type { RandomStream } from '../../core/random/philox.ts';
import { between, chance, logNormal, logUniform } from './draw.ts';
import type { Blob } from './physical-source.ts';
import { sourceFrame } from './source-frame.ts';

/** Where, how bright and how large a radio galaxy is; its morphology is drawn. */
export interface RadioGalaxyPlan {
  readonly xPix: number;
  readonly yPix: number;
  readonly paRad: number;
  readonly fluxMjy: number;
  /** Largest angular size [arcsec]: between hot spots (FRII) or plume ends. */
  readonly sizeArcsec: number;
}

/** The choices that decide how an FRII looks; drawn by `drawFriiLook`, or set by hand (demo field, tests). */
export interface FriiLook {
  /** Share of the flux in the core, 0 … 1. */
  readonly coreShare: number;
  /** Length of the first arm over the second. */
  readonly armRatio: number;
  /** Flux of the first lobe over the second. */
  readonly fluxRatio: number;
  /** Share of a lobe's flux in its hot spot. */
  readonly hotSpotShare: number;
  /** How far back towards the core the lobes reach: 0 hot spots alone, 1 down to the core. */
  readonly bridgeReach: number;
  /** e-folding length of the lobe's brightness, counted from the hot spot, in arm lengths. */
  readonly fadeLength: number;
  /** Lobe width over source size. */
  readonly widthRatio: number;
  /** Share of the flux in a wide faint envelope of the whole source. */
  readonly cocoonShare: number;
  /** Angle between the arms, less 180° [rad]. */
  readonly bendRad: number;
}

export function drawFriiLook(random: RandomStream): FriiLook {
  return {
    coreShare: chance(random, 0.55) ? logUniform(random, 0.01, 0.35) : 0,
    armRatio: logNormal(random, 1, 0.25),
    fluxRatio: logNormal(random, 1, 0.65),
    hotSpotShare: between(random, 0.06, 0.55),
    bridgeReach: between(random, 0.35, 1.1),
    fadeLength: logNormal(random, 0.75, 0.6),
    widthRatio: between(random, 0.12, 0.42),
    cocoonShare: chance(random, 0.45) ? between(random, 0, 0.35) : 0,
    bendRad: 0.12 * random.normal(),
  };
}

/** A double whose two lobes no source finder takes for one: what the demo field and the figures of the documents show. */
export const CLEARLY_SPLIT_DOUBLE: FriiLook = {
  coreShare: 0.012,
  armRatio: 1.12,
  fluxRatio: 1.4,
  hotSpotShare: 0.4,
  bridgeReach: 0.6,
  fadeLength: 0.2,
  widthRatio: 0.13,
  cocoonShare: 0,
  bendRad: 0.08,
};

/** An edge-brightened double: hot spots at the ends, lobes flowing back towards the core. */
export function friiBlobs(plan: RadioGalaxyPlan, look: FriiLook): Blob[] {
  const frame = sourceFrame(plan.xPix, plan.yPix, plan.paRad);
  const size = plan.sizeArcsec;
  const width = Math.max(1, look.widthRatio * size);
  const hotSpotSize = Math.max(0.6, 0.045 * size);
  if (look.coreShare > 0) frame.add(0, 0, look.coreShare, 0.5, 0.5);
  const lobesShare = 1 - look.coreShare;
  if (look.cocoonShare > 0) frame.add(0, 0, look.cocoonShare, 0.75 * size, 1.6 * width);
  const steps = Math.max(3, Math.ceil(size / 8));
  for (const side of [1, -1] as const) {
    const arm = size * (side === 1 ? look.armRatio : 1) * (1 / (1 + look.armRatio));
    const share = lobesShare * (side === 1 ? look.fluxRatio : 1) * (1 / (1 + look.fluxRatio));
    const turn = side === 1 ? look.bendRad : 0;
    const [cos, sin] = [side * Math.cos(turn), side * Math.sin(turn)];
    frame.add(arm * cos, arm * sin, share * look.hotSpotShare, hotSpotSize * 1.3, hotSpotSize, turn);
    const weights = Array.from({ length: steps }, (_, i) => {
      const back = (look.bridgeReach * (i + 0.5)) / steps;
      return { back, weight: Math.exp(-back / look.fadeLength) };
    });
    const weightSum = weights.reduce((sum, { weight }) => sum + weight, 0);
    for (const { back, weight } of weights) {
      const distance = arm * (1 - back) - hotSpotSize * 0.3;
      const pieceLength = (arm * look.bridgeReach * 1.4) / steps;
      // Lobes are fattest in the middle of their length.
      const pieceWidth = width * (0.7 + 0.6 * Math.sin(Math.PI * Math.min(1, 0.25 + back)));
      const pieceShare = (share * (1 - look.hotSpotShare) * weight) / weightSum;
      frame.add(distance * cos, distance * sin, pieceShare, Math.max(pieceLength, pieceWidth), pieceWidth, turn);
    }
  }
  return frame.blobs(plan.fluxMjy);
}

/** How a jet leaves the core and fades: FRI plumes and bent tails. */
export interface PlumeLook {
  readonly coreShare: number;
  /** Directions in which the two jets leave, from the axis [rad]; 0 and π for a straight source. */
  readonly departureRad: readonly [number, number];
  /** Turn of each jet over its length [rad]. */
  readonly curvatureRad: readonly [number, number];
  readonly lengthRatio: number;
  readonly fluxRatio: number;
  /** Where along the jet it is brightest, 0 (at the core) … 1. */
  readonly flareAt: number;
  readonly fadeLength: number;
  /** Width at the end over length. */
  readonly openingRatio: number;
  /** Relative scatter of the brightness from knot to knot. */
  readonly patchiness: number;
}

export function drawFriLook(random: RandomStream): PlumeLook {
  const bend = 0.25 * random.normal();
  return {
    coreShare: logUniform(random, 0.05, 0.6),
    departureRad: [0, Math.PI + bend],
    curvatureRad: [0.5 * random.normal(), 0.5 * random.normal()],
    lengthRatio: logNormal(random, 1, 0.3),
    fluxRatio: logNormal(random, 1, 0.5),
    flareAt: between(random, 0, 0.3),
    fadeLength: logNormal(random, 0.4, 0.4),
    openingRatio: between(random, 0.15, 0.5),
    patchiness: 0.8,
  };
}

export function drawWideAngleTailLook(random: RandomStream): PlumeLook {
  const opening = between(random, 1.4, 2.7);
  const curl = between(random, 0.2, 1);
  return {
    coreShare: logUniform(random, 0.02, 0.25),
    departureRad: [opening / 2, -opening / 2],
    curvatureRad: [-curl, curl],
    lengthRatio: logNormal(random, 1, 0.25),
    fluxRatio: logNormal(random, 1, 0.5),
    flareAt: between(random, 0.25, 0.7),
    fadeLength: logNormal(random, 0.35, 0.4),
    openingRatio: between(random, 0.2, 0.45),
    patchiness: 0.8,
  };
}

export function drawNarrowAngleTailLook(random: RandomStream): PlumeLook {
  const opening = between(random, 0.3, 1.2);
  return {
    coreShare: logUniform(random, 0.05, 0.5),
    departureRad: [opening / 2, -opening / 2],
    curvatureRad: [-0.6 * opening * random.uniform(), 0.6 * opening * random.uniform()],
    lengthRatio: logNormal(random, 1, 0.25),
    fluxRatio: logNormal(random, 1, 0.4),
    flareAt: between(random, 0.05, 0.6),
    fadeLength: logNormal(random, 0.4, 0.5),
    openingRatio: between(random, 0.1, 0.3),
    patchiness: 0.9,
  };
}

/** A core and two jets that widen, bend and fade. */
export function plumeBlobs(plan: RadioGalaxyPlan, look: PlumeLook, random: RandomStream): Blob[] {
  const frame = sourceFrame(plan.xPix, plan.yPix, plan.paRad);
  frame.add(0, 0, look.coreShare, 0.5, 0.5);
  // A straight source spans both jets; in a tail one jet is about the size.
  const openness = Math.abs(Math.sin((look.departureRad[0] - look.departureRad[1]) / 2));
  const jet = plan.sizeArcsec / (1 + openness);
  const steps = Math.max(5, Math.ceil(jet / 5));
  for (const side of [0, 1] as const) {
    const length = 2 * jet * (side === 0 ? look.lengthRatio : 1) * (1 / (1 + look.lengthRatio));
    const share = (1 - look.coreShare) * (side === 0 ? look.fluxRatio : 1) * (1 / (1 + look.fluxRatio));
    const weights = Array.from({ length: steps }, (_, i) => {
      const t = (i + 0.5) / steps;
      const rise = look.flareAt > 0 ? Math.min(1, 0.15 + t / look.flareAt) : 1;
      const fade = Math.exp(-Math.max(0, t - look.flareAt) / look.fadeLength);
      return rise * fade * logNormal(random, 1, look.patchiness);
    });
    const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
    let [along, across] = [0, 0];
    for (let i = 0; i < steps; i++) {
      const t = (i + 0.5) / steps;
      const heading = look.departureRad[side] + look.curvatureRad[side] * t;
      along += (length / steps) * Math.cos(heading);
      across += (length / steps) * Math.sin(heading);
      const width = Math.max(0.8, look.openingRatio * length * (0.15 + 0.85 * t) * 0.7);
      frame.add(
        along,
        across,
        (share * weights[i]!) / weightSum,
        Math.max((1.3 * length) / steps, width),
        width,
        heading,
      );
    }
  }
  return frame.blobs(plan.fluxMjy);
}

/** Diffuse emission without a jet: a patchy arc, as a cluster relic or a dying lobe. */
export function relicBlobs(plan: RadioGalaxyPlan, random: RandomStream): Blob[] {
  const frame = sourceFrame(plan.xPix, plan.yPix, plan.paRad);
  const size = plan.sizeArcsec;
  const bow = between(random, 0, 0.3);
  const width = size * between(random, 0.12, 0.4);
  const pieces = 3 + random.integer(4);
  for (let i = 0; i < pieces; i++) {
    const t = (i + 0.5) / pieces - 0.5;
    const across = bow * size * (4 * t * t - 0.5) + 0.08 * size * random.normal();
    frame.add(t * size, across, logNormal(random, 1, 0.8), Math.max(width, (1.2 * size) / pieces), width, 8 * bow * t);
  }
  return frame.blobs(plan.fluxMjy);
}
