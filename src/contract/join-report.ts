import { z } from 'zod';

/** What joined of a file beside the catalogue. */
export const joinReport = z.object({
  what: z.enum(['gaussians', 'likelihood ratios', 'labels', 'scores']),
  path: z.string(),
  fileRows: z.number().int(),
  joinedRows: z.number().int(),
  sourcesByName: z.number().int(),
  sourcesById: z.number().int(),
  sourcesByPosition: z.number().int(),
  sourcesWithout: z.number().int(),
});
