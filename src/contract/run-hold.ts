import { z } from 'zod';

/** Something that a first run waits for: it starts when the astronomer has seen the report and says so. */
export const runHold = z.object({
  kind: z.enum(['scale', 'beam', 'unit-trap', 'missing']),
  /** A clause without a full stop, as in "the pixels are not the model's". */
  why: z.string(),
});
export type RunHold = z.infer<typeof runHold>;
