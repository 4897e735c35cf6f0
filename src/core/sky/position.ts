import type { Degrees } from '../units/quantities.ts';

/** A direction on the sky, ICRS. `ra` in 0 ≤ ra < 360, `dec` in −90 … 90 [deg]. */
export interface SkyPosition {
  readonly ra: Degrees;
  readonly dec: Degrees;
}

/** A position in an image [pixel, 0-based: the centre of the first pixel is (0, 0)]. */
export interface PixelPosition {
  readonly x: number;
  readonly y: number;
}
