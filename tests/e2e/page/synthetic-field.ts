import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { createHash } from 'node:crypto';
import type { CutoutColumns, PredictionColumns, SourceColumns } from '../../../src/contract/column-sets.ts';
import type { SourceDetails } from '../../../src/contract/schemas.ts';

/** A made-up field for the page alone: numbers of the right shape and size, no astronomy. */
export interface SyntheticField {
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns;
}

export const STATUS_NAMES = ['classified', 'sisg', 'outside-mosaics', 'no-valid-pixels'] as const;
const CENTRE = { raDeg: 205, decDeg: 55 };

/** Mulberry32: enough for made-up data, the same on every run. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const two = (value: number): string => Math.floor(value).toString().padStart(2, '0');

function designation(raDeg: number, decDeg: number): string {
  const hours = raDeg / 15;
  const minutes = (hours % 1) * 60;
  const arcminutes = (decDeg % 1) * 60;
  const seconds = ((minutes % 1) * 60).toFixed(2).padStart(5, '0');
  const arcseconds = ((arcminutes % 1) * 60).toFixed(1).padStart(4, '0');
  return `ILTJ${two(hours)}${two(minutes)}${seconds}+${two(decDeg)}${two(arcminutes)}${arcseconds}`;
}

export function syntheticField(rowCount: number, seed: number): SyntheticField {
  const random = uniform(seed);
  const make = <T>(from: (row: number) => T): T[] => Array.from({ length: rowCount }, (_, row) => from(row));
  const raDeg = Float64Array.from(make(() => CENTRE.raDeg + (random() - 0.5) * 2));
  const decDeg = Float64Array.from(make(() => CENTRE.decDeg + (random() - 0.5) * 1.2));
  const majArcsec = Float32Array.from(make(() => 6 + 8 * -Math.log(random())));
  const flux = Float64Array.from(make(() => 0.4 * random() ** -1.2));
  const sisg = Uint8Array.from(make((row) => (majArcsec[row]! < 15 && random() < 0.7 ? 1 : 0)));
  const nearest = Float32Array.from(make(() => 20 + 60 * -Math.log(random())));
  const sources: SourceColumns = {
    rowCount,
    name: make((row) => designation(raDeg[row]!, decDeg[row]!)),
    sCode: make(() => (random() < 0.2 ? 'M' : 'S')),
    raDeg,
    decDeg,
    majArcsec,
    minArcsec: majArcsec.map((maj) => Math.max(6, maj * (0.4 + 0.5 * random()))),
    paDeg: Float32Array.from(make(() => random() * 180)),
    totalFluxMjy: flux,
    peakFluxMjyPerBeam: flux.map((value) => value * 0.7),
    nearestArcsec: nearest,
    duplicateRow: new Int32Array(nearest.length).fill(-1),
    within45: Int32Array.from(nearest, (value) => (value < 45 ? 1 : 0)),
    sisg,
    onMosaic: new Uint8Array(rowCount).fill(1),
  };
  const probability = Float64Array.from(sisg, (isSisg) =>
    isSisg === 1 ? Number.NaN : random() < 0.12 ? 1 - random() ** 2 * 0.5 : random() ** 3 * 0.7,
  );
  return {
    sources,
    predictions: {
      runId: 1,
      probability,
      status: Uint8Array.from(sisg, (isSisg) => (isSisg === 1 ? 1 : 0)),
      statusNames: STATUS_NAMES,
      validFraction: new Float32Array(rowCount).fill(1),
    },
  };
}

export function syntheticDetails({ sources, predictions }: SyntheticField, row: number): SourceDetails {
  const value = predictions.probability[row]!;
  const neighbourRows = [...Array(sources.rowCount).keys()]
    .filter((other) => other !== row)
    .map((other) => ({
      other,
      east: (sources.raDeg[other]! - sources.raDeg[row]!) * Math.cos((CENTRE.decDeg * Math.PI) / 180) * 3600,
      north: (sources.decDeg[other]! - sources.decDeg[row]!) * 3600,
    }))
    .sort((a, b) => Math.hypot(a.east, a.north) - Math.hypot(b.east, b.north))
    .slice(0, 5);
  const names = [
    'Maj',
    'Min',
    'Total_flux',
    'Peak_flux',
    'log_n_gauss',
    'log_lr_tlv',
    'lr_dist',
    'log_gauss_lr_tlv',
    'gauss_lr_dist',
  ];
  names.push('log_highest_lr_tlv', 'gauss_maj', 'gauss_min', 'gauss_flux_ratio', 'NN_45');
  for (const k of [1, 2, 3])
    for (const part of ['Maj', 'Min', 'log_lr_tlv', 'lr_dist', 'dist', 'flux_ratio']) names.push(`NN${k}_${part}`);
  return {
    row,
    name: sources.name[row]!,
    raDeg: sources.raDeg[row]!,
    decDeg: sources.decDeg[row]!,
    majArcsec: sources.majArcsec[row]!,
    minArcsec: sources.minArcsec[row]!,
    paDeg: sources.paDeg[row]!,
    totalFluxMjy: sources.totalFluxMjy[row]!,
    peakFluxMjyPerBeam: sources.peakFluxMjyPerBeam[row]!,
    islandRmsMjyPerBeam: 0.0652,
    sCode: sources.sCode[row]!,
    mosaicName: 'P205+55',
    edgeArcsec: 812,
    status: STATUS_NAMES[predictions.status[row]!] ?? null,
    probability: Number.isNaN(value) ? null : value,
    validFraction: 1,
    isSisg: sources.sisg[row] === 1,
    sisgRules: [
      { rule: 'Maj < 15″', found: `${sources.majArcsec[row]!.toFixed(1)}″`, holds: sources.majArcsec[row]! < 15 },
      {
        rule: 'no neighbour within 45″',
        found: `${sources.within45[row]!} within 45″`,
        holds: sources.within45[row] === 0,
      },
      { rule: 'single Gaussian', found: `S_Code ${sources.sCode[row]!}`, holds: sources.sCode[row] === 'S' },
      { rule: 'no large optical galaxy', found: 'no such column', holds: null },
    ],
    features: names.map((name, i) => ({
      name,
      unit: /dist|Maj|Min|maj|min/.test(name)
        ? 'arcsec'
        : name === 'Total_flux'
          ? 'mJy'
          : name === 'Peak_flux'
            ? 'mJy/beam'
            : '',
      value: name.includes('lr_tlv') && i % 4 === 1 ? -134.8 : 1.234 * (i + 1),
      isMissing: name.includes('lr') && i % 4 === 1,
      percentile: name.includes('lr') && i % 4 === 1 ? null : (7 * i) % 100,
    })),
    neighbours: neighbourRows.map(({ other, east, north }) => ({
      row: other,
      name: sources.name[other]!,
      distanceArcsec: Math.hypot(east, north),
      paDeg: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
      fluxRatio: sources.totalFluxMjy[other]! / sources.totalFluxMjy[row]!,
      probability: Number.isNaN(predictions.probability[other]!) ? null : predictions.probability[other]!,
      isSisg: sources.sisg[other] === 1,
    })),
    duplicates: [],
    recipeName: 'compact',
    geometry: 'pixels',
  };
}

const WINDOW = 256;
const SIDE = 128;
const SCALE_ARCSEC = 1.5;

/** The sources of the field as Gaussians on noise, and the three channels made from it. */
export function syntheticCutout({ sources }: SyntheticField, row: number): CutoutColumns {
  const random = uniform(row + 1);
  const sigma = 0.065;
  const window = new Float32Array(WINDOW * WINDOW);
  for (let i = 0; i < window.length; i += 1)
    window[i] = sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (let other = 0; other < sources.rowCount; other += 1) {
    const x =
      128 -
      ((sources.raDeg[other]! - sources.raDeg[row]!) * Math.cos((sources.decDeg[row]! * Math.PI) / 180) * 3600) /
        SCALE_ARCSEC;
    const y = 128 + ((sources.decDeg[other]! - sources.decDeg[row]!) * 3600) / SCALE_ARCSEC;
    if (x < -40 || x > 296 || y < -40 || y > 296) continue;
    addGaussian(window, x, y, sources, other);
  }
  const channels = new Float32Array(3 * SIDE * SIDE);
  const stretch = (n: number, high: number): number =>
    Math.min(1, Math.log(9 * Math.min(1, Math.max(0, (n - 1) / (high - 1))) + 1));
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const n = window[(y + 64) * WINDOW + x + 64]! / sigma;
      [stretch(n, 200), stretch(n, 30), n >= 3 ? 1 : 0].forEach(
        (value, channel) => (channels[(channel * SIDE + y) * SIDE + x] = value),
      );
    }
  }
  return {
    row,
    channels,
    window,
    cuts: [...PUBLISHED_CUTOUT.channels],
    channelCount: 3,
    sidePix: SIDE,
    windowSidePix: WINDOW,
    validFraction: 1,
    centreMjyPerBeam: 0,
    sigmaMjyPerBeam: sigma,
    blank: null,
    pixelScaleArcsec: SCALE_ARCSEC,
    frame: { x: 128, y: 128, xPerEast: -1 / SCALE_ARCSEC, xPerNorth: 0, yPerEast: 0, yPerNorth: 1 / SCALE_ARCSEC },
    sha256: createHash('sha256').update(channels).digest('hex'),
  };
}

function addGaussian(window: Float32Array, x0: number, y0: number, sources: SourceColumns, row: number): void {
  const pa = (sources.paDeg[row]! * Math.PI) / 180;
  const [major, minor] = [
    sources.majArcsec[row]! / 2.355 / SCALE_ARCSEC,
    sources.minArcsec[row]! / 2.355 / SCALE_ARCSEC,
  ];
  for (let y = Math.max(0, Math.floor(y0 - 40)); y < Math.min(WINDOW, y0 + 40); y += 1) {
    for (let x = Math.max(0, Math.floor(x0 - 40)); x < Math.min(WINDOW, x0 + 40); x += 1) {
      const [east, north] = [-(x - x0), y - y0];
      const along = (north * Math.cos(pa) + east * Math.sin(pa)) / major;
      const across = (-north * Math.sin(pa) + east * Math.cos(pa)) / minor;
      window[y * WINDOW + x] =
        window[y * WINDOW + x]! + sources.peakFluxMjyPerBeam[row]! * Math.exp(-0.5 * (along ** 2 + across ** 2));
    }
  }
}
