import { z } from 'zod';
import { joinReport } from './join-report.ts';

/** The labels that the open field is judged by, from a file; null where none was given. */
export const referenceSummary = z.object({
  path: z.string(),
  mc: z.number().int(),
  s: z.number().int(),
  artefacts: z.number().int(),
  unlabelled: z.number().int(),
  /** Null where labels are of no file. */
  join: joinReport.nullable(),
  /** Whether the file says what the model saw of each row (mc_dl_dataset). */
  hasDataset: z.boolean(),
});
export type ReferenceSummary = z.infer<typeof referenceSummary>;

export const loadReference = z.object({ path: z.string().min(1) });

/** A finished run over the same catalogue as the one on screen. */
export const comparableRun = z.object({
  id: z.number().int(),
  modelId: z.string(),
  isTrained: z.boolean(),
  recipeName: z.string(),
  startedAt: z.string(),
  threshold: z.number(),
});
export type ComparableRun = z.infer<typeof comparableRun>;
