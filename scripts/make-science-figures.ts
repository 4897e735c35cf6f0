// Command: node scripts/make-science-figures.ts. Writes docs/science/figures/*.svg: what the network sees of simulated
// sources (as Fig. 2 of Alegre et al. 2024) and how training turns one (as its Fig. 5). Seed 20240613.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { EXACT_ORIENTATIONS, orientInto } from '../src/core/cutout/augment.ts';
import { PUBLISHED_CUTOUT } from '../src/core/cutout/cutout-recipe.ts';
import type { StretchedWindow } from '../src/core/cutout/make-cutout.ts';
import { stretchWindow } from '../src/core/cutout/make-cutout.ts';
import { channelText } from '../src/core/network/presets.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { BEAM_VARIANCE_PIX2 } from '../src/services/simulation/beam.ts';
import { correlatedNoiseRows } from '../src/services/simulation/noise.ts';
import type { Blob } from '../src/services/simulation/physical-source.ts';
import { CLEARLY_SPLIT_DOUBLE, drawFriLook, friiBlobs, plumeBlobs } from '../src/services/simulation/radio-galaxies.ts';
import { addBlobInPlace } from '../src/services/simulation/render.ts';

const SEED = 20240613;
const FOLDER = fileURLToPath(new URL('../docs/science/figures/', import.meta.url));
const WINDOW = PUBLISHED_CUTOUT.windowSidePix;
const SIDE = PUBLISHED_CUTOUT.sidePix;
const CENTRE = WINDOW / 2;
/** Noise of LoTSS DR1 near the middle of a pointing [mJy/beam]. */
const NOISE_MJY_PER_BEAM = 0.07;

interface DrawnSource {
  readonly title: string;
  readonly blobs: readonly Blob[];
}

const point = (xPix: number, yPix: number, fluxMjy: number): Blob => ({
  xPix,
  yPix,
  fluxMjy,
  shape: { xx: BEAM_VARIANCE_PIX2 / 4, xy: 0, yy: BEAM_VARIANCE_PIX2 / 4 },
});

/** The kinds of the paper's Fig. 2: two that are split into several rows, and two that are not. */
function drawnSources(): readonly DrawnSource[] {
  const frii = friiBlobs(
    { xPix: CENTRE, yPix: CENTRE, paRad: 0.9, fluxMjy: 60, sizeArcsec: 105 },
    { ...CLEARLY_SPLIT_DOUBLE, coreShare: 0.03 },
  );
  const random = randomStream(SEED, 1);
  const fri = plumeBlobs(
    { xPix: CENTRE, yPix: CENTRE, paRad: 2.2, fluxMjy: 50, sizeArcsec: 120 },
    drawFriLook(random),
    random,
  );
  return [
    { title: 'FRII (MC)', blobs: frii },
    { title: 'FRI (MC)', blobs: fri },
    { title: 'blend (S)', blobs: [point(CENTRE - 2, CENTRE, 6), point(CENTRE + 4, CENTRE + 3, 3)] },
    { title: 'single (S)', blobs: [point(CENTRE, CENTRE, 8), point(CENTRE + 38, CENTRE - 30, 2)] },
  ];
}

/** The window of a source: its light, seen with the beam, on correlated noise [mJy/beam]. */
function windowOf({ blobs }: DrawnSource, stream: number): Float32Array {
  const image = { side: WINDOW, pixels: new Float32Array(WINDOW * WINDOW) };
  for (const blob of blobs) addBlobInPlace(image, blob);
  const nextRow = correlatedNoiseRows(WINDOW, SEED, stream);
  const noise = new Float64Array(WINDOW);
  for (let y = 0; y < WINDOW; y++) {
    nextRow(noise);
    for (let x = 0; x < WINDOW; x++) {
      const at = y * WINDOW + x;
      image.pixels[at] = image.pixels[at]! + NOISE_MJY_PER_BEAM * noise[x]!;
    }
  }
  return image.pixels;
}

/** The channels of one orientation, cropped: channels × side × side. */
function channelsOf({ channels }: StretchedWindow, orientation = EXACT_ORIENTATIONS[0]!): Float32Array {
  const count = PUBLISHED_CUTOUT.channels.length;
  const target = new Float32Array(count * SIDE * SIDE);
  orientInto(channels, count, WINDOW, SIDE, orientation, target, 0);
  return target;
}

/** The centre of a window as it is: linear from its lowest pixel to its highest. */
function unstretched(window: Float32Array): Float32Array {
  const from = (WINDOW - SIDE) / 2;
  const levels = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    return window[(from + Math.floor(i / SIDE)) * WINDOW + from + (i % SIDE)]!;
  });
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  return levels.map((level) => (level - lowest) / (highest - lowest));
}

/** An 8-bit PNG, grey of one plane of levels or red, green and blue of three, highest row of the sky on top. */
function pngOf(planes: readonly Float32Array[]): string {
  const depth = planes.length;
  const stride = 1 + SIDE * depth;
  const rows = Buffer.alloc(SIDE * stride);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      planes.forEach((levels, k) => {
        rows[row * stride + 1 + column * depth + k] = Math.round(255 * levels[(SIDE - 1 - row) * SIDE + column]!);
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  // Eight bits, grey or colours, no interlacing.
  header.set([8, depth === 1 ? 0 : 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const bytes = Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

interface Panel {
  readonly title: string;
  /** One plane of levels, or red, green and blue. */
  readonly planes: readonly Float32Array[];
}

const [GAP, TITLE] = [8, 18];
/** 60″ at 1.5″ a pixel. */
const BAR_PIX = 40;

/** Panels in rows, each with its title above it; a bar of 60″ in the first. */
function figure(rows: readonly (readonly Panel[])[]): string {
  const width = Math.max(...rows.map((row) => row.length)) * (SIDE + GAP) + GAP;
  const height = rows.length * (SIDE + TITLE + GAP) + GAP;
  const panels = rows.flatMap((row, r) =>
    row.map(({ title, planes }, c) => {
      const [x, y] = [GAP + c * (SIDE + GAP), GAP + r * (SIDE + TITLE + GAP)];
      return (
        `<text x="${x}" y="${y + 12}">${title}</text>` +
        `<image x="${x}" y="${y + TITLE}" width="${SIDE}" height="${SIDE}" href="${pngOf(planes)}"/>`
      );
    }),
  );
  const [barX, barY] = [GAP + 8, GAP + TITLE + SIDE - 8];
  const bar =
    `<path d="M${barX} ${barY}h${BAR_PIX}" stroke="#fff" stroke-width="2"/>` +
    `<text x="${barX + BAR_PIX / 2}" y="${barY - 5}" text-anchor="middle" fill="#fff">60″</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="#fff"/>\n${panels.join('\n')}\n${bar}\n</svg>\n`
  );
}

const plane = (channels: Float32Array, index: number): Float32Array =>
  channels.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);

/** As Fig. 2: the image as it is with its signal-to-noise ratio, the channels, and all of them as one picture. */
function channelFigure(sources: readonly DrawnSource[], windows: readonly Float32Array[]): string {
  return figure(
    sources.map(({ title }, row) => {
      const window = windows[row]!;
      const stretched = stretchWindow(window, PUBLISHED_CUTOUT);
      const channels = channelsOf(stretched);
      const planes = PUBLISHED_CUTOUT.channels.map((_, index) => plane(channels, index));
      const original = unstretched(window);
      const { centre, sigma } = stretched.noise;
      const signalToNoise = Math.round((Math.max(...window) - centre) / sigma);
      return [
        { title: `${title}, SNR ${signalToNoise}`, planes: [original] },
        ...PUBLISHED_CUTOUT.channels.map((channel, index) => ({
          title: channelText(channel),
          planes: [planes[index]!],
        })),
        { title: 'all three', planes },
      ];
    }),
  );
}

/** The 1–30σ channel in the eight exact orientations, and at four random angles. */
function augmentationFigure(window: StretchedWindow): string {
  const random = randomStream(SEED, 2);
  const turned = Array.from({ length: 4 }, () => ({
    angleRad: 2 * Math.PI * random.uniform(),
    isMirrored: random.uniform() < 0.5,
  }));
  const panels = [...EXACT_ORIENTATIONS, ...turned].map((orientation) => ({
    title: `${Math.round((orientation.angleRad * 180) / Math.PI)}°${orientation.isMirrored ? ', mirrored' : ''}`,
    planes: [plane(channelsOf(window, orientation), 1)],
  }));
  return figure([panels.slice(0, 4), panels.slice(4, 8), panels.slice(8)]);
}

const sources = drawnSources();
const windows = sources.map((source, index) => windowOf(source, 10 + index));
mkdirSync(FOLDER, { recursive: true });
writeFileSync(`${FOLDER}channels.svg`, channelFigure(sources, windows));
writeFileSync(`${FOLDER}augmentation.svg`, augmentationFigure(stretchWindow(windows[0]!, PUBLISHED_CUTOUT)));
