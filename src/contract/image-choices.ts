import { z } from 'zod';

/** An image of a FITS file, and the axes along which one of its planes is chosen. */
export const imageChoice = z.object({
  /** Number of its HDU. */
  index: z.number().int(),
  name: z.string().nullable(),
  widthPix: z.number().int(),
  heightPix: z.number().int(),
  /** Axes of more than one place, the fastest first; none where the image is one plane. */
  planeAxes: z.array(z.object({ title: z.string(), length: z.number().int(), labels: z.array(z.string()) })),
});
export type ImageChoice = z.infer<typeof imageChoice>;
