import type { LocalFrame } from '../sky/local-frame.ts';
import type { WindowPlacement } from './make-cutout.ts';

/**
 * Side of the pixels of a window of fixed angular size [arcsec]: those of LoTSS (Alegre et al. 2024, §2.4), so that the
 * crop of 128 shows 192″ on any mosaic.
 */
export const ANGULAR_PIXEL_ARCSEC = 1.5;

/** Samples per axis and pixel at the most; a mosaic of pixels below 0.1″ has no sources as large as its cutouts. */
const MOST_SAMPLES = 16;

/**
 * How the window lies in its own pixels: north up, east left, the source on index side / 2 of both axes, whatever the
 * mosaic's scale and rotation.
 */
export function angularFrame(sidePix: number): LocalFrame {
  const perArcsec = 1 / ANGULAR_PIXEL_ARCSEC;
  return {
    x: sidePix / 2,
    y: sidePix / 2,
    xPerEast: -perArcsec,
    xPerNorth: 0,
    yPerEast: 0,
    yPerNorth: perArcsec,
  };
}

/** The pixels of the mosaic that a window of fixed angular size is made from; may reach over the mosaic's edge. */
export function placeAngularWindow(frame: LocalFrame, sidePix: number): WindowPlacement {
  const reach = (ANGULAR_PIXEL_ARCSEC * (sidePix + 1)) / 2;
  const reachX = reach * (Math.abs(frame.xPerEast) + Math.abs(frame.xPerNorth));
  const reachY = reach * (Math.abs(frame.yPerEast) + Math.abs(frame.yPerNorth));
  const x = Math.floor(frame.x - reachX);
  const y = Math.floor(frame.y - reachY);
  return { x, y, width: Math.ceil(frame.x + reachX) + 2 - x, height: Math.ceil(frame.y + reachY) + 2 - y };
}

/**
 * The window of fixed angular size about a source: `sidePix`² pixels of 1.5″, row-major, north up, east left.
 *
 * Brightness is interpolated bilinearly between the mosaic's pixels. Where these are finer than 1.5″, each pixel of the
 * window is the mean of as many samples as it takes to meet them all, so that noise averages as in a coarser map and no
 * source slips through. Units are per beam: nothing is scaled. A sample is NaN where finite pixels hold less than half of
 * its weight, and a pixel where fewer than half of its samples are finite.
 *
 * The sky about the source is taken as the plane that touches it there (`localFrameOf`): within a window of 6.4′ that is
 * off by less than 0.02 pixels up to 5° from the reference point of a SIN or TAN mosaic.
 *
 * @param pixels the mosaic's pixels at `placement`, row-major, NaN outside; not changed
 * @param frame of the source in the whole mosaic
 */
export function angularWindow(
  pixels: ArrayLike<number>,
  placement: WindowPlacement,
  frame: LocalFrame,
  sidePix: number,
): Float32Array {
  const samples = samplesPerAxis(frame);
  const step = ANGULAR_PIXEL_ARCSEC / samples;
  const window = new Float32Array(sidePix * sidePix);
  const [x0, y0] = [frame.x - placement.x, frame.y - placement.y];
  for (let row = 0; row < sidePix; row++) {
    for (let column = 0; column < sidePix; column++) {
      let sum = 0;
      let finite = 0;
      for (let k = 0; k < samples; k++) {
        const north = (row - sidePix / 2) * ANGULAR_PIXEL_ARCSEC + (k - (samples - 1) / 2) * step;
        for (let l = 0; l < samples; l++) {
          const east = (sidePix / 2 - column) * ANGULAR_PIXEL_ARCSEC - (l - (samples - 1) / 2) * step;
          const value = bilinear(
            pixels,
            placement,
            x0 + frame.xPerEast * east + frame.xPerNorth * north,
            y0 + frame.yPerEast * east + frame.yPerNorth * north,
          );
          if (Number.isNaN(value)) continue;
          sum += value;
          finite++;
        }
      }
      window[row * sidePix + column] = 2 * finite >= samples * samples && finite > 0 ? sum / finite : Number.NaN;
    }
  }
  return window;
}

/** One where the mosaic's pixels are as large as the window's or larger; else enough to meet each of them. */
function samplesPerAxis({ xPerEast, xPerNorth, yPerEast, yPerNorth }: LocalFrame): number {
  const pixelsPerArcsec = Math.sqrt(Math.abs(xPerEast * yPerNorth - xPerNorth * yPerEast));
  // Scales that agree to the digits of a header are the same: 1.4999″ asks for no more than 1.5″.
  return Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(ANGULAR_PIXEL_ARCSEC * pixelsPerArcsec - 0.01)));
}

function bilinear(pixels: ArrayLike<number>, { width, height }: WindowPlacement, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column + 1 >= width || row + 1 >= height) return Number.NaN;
  const fx = x - column;
  const fy = y - row;
  const at = row * width + column;
  let sum = 0;
  let weight = 0;
  const add = (value: number, share: number): void => {
    if (share === 0 || !Number.isFinite(value)) return;
    sum += share * value;
    weight += share;
  };
  add(pixels[at]!, (1 - fx) * (1 - fy));
  add(pixels[at + 1]!, fx * (1 - fy));
  add(pixels[at + width]!, (1 - fx) * fy);
  add(pixels[at + width + 1]!, fx * fy);
  return weight < 0.5 ? Number.NaN : sum / weight;
}
