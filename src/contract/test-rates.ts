import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Rates that a model reached on labelled rows outside its training. They do not depend on how common MC sources are. */
export const testRates = z.object({
  /** What it was measured on, in words. */
  on: z.string(),
  /** Rows of either class, SISG rows left out. */
  mc: z.number().int().nonnegative(),
  s: z.number().int().nonnegative(),
  /** At rising thresholds. */
  points: z.array(z.object({ threshold: share, recall: share, falsePositiveRate: share })).max(1001),
});
export type TestRates = z.infer<typeof testRates>;
