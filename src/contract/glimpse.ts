import { z } from 'zod';

/** Sides of a screen that a glimpse is made for [CSS pixel]. */
const side = z.coerce.number().int().min(1).max(4096);

/** Query of `paths.glimpse`: a view of the open field, gnomonic with north up, as the sky shows it. */
export const glimpseRequest = z.object({
  /** `hipsKey` of the field. */
  key: z.string(),
  /** Centre [deg, ICRS]. */
  ra: z.coerce.number().min(0).max(360),
  dec: z.coerce.number().min(-90).max(90),
  /** From the left edge to the right edge [deg]. */
  fov: z.coerce.number().gt(0).max(120),
  width: side,
  height: side,
});
export type GlimpseRequest = z.infer<typeof glimpseRequest>;

/** What it answers: the view's pixels, row by row from the top of the screen. */
export interface GlimpseColumns {
  /** f32, in the unit of the tiles; NaN where no mosaic has a value */
  readonly values: Float32Array;
  /** Limits that the tiles' properties name. */
  readonly low: number;
  readonly high: number;
}
