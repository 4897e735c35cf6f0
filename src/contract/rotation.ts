import { z } from 'zod';

/** Sources that are turned at one request, at most: minutes of the network. */
export const MOST_TURNED = 5000;

/** Which sources are turned and mirrored, in the eight exact ways and at `angles` random ones. */
export const rotationRequest = z.object({
  rows: z.array(z.number().int().nonnegative()).min(1).max(MOST_TURNED),
  angles: z.number().int().min(0).max(64).default(4),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
});
export type RotationRequest = z.output<typeof rotationRequest>;

/** Spread of P(MC) of each source over all of its orientations; sources that no network sees are left out. */
export const rotationSpreads = z.object({
  rows: z.array(z.number().int()),
  sigma: z.array(z.number()),
  lowest: z.array(z.number()),
  highest: z.array(z.number()),
});
export type RotationSpreads = z.infer<typeof rotationSpreads>;
