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

/** Another file whose results the run on screen is compared with. */
export const comparedFile = z.object({
  path: z.string(),
  /** How its sources were found in the open catalogue. */
  join: joinReport,
});
export type ComparedFile = z.infer<typeof comparedFile>;

/** Results that the run on screen can be compared with. */
export const comparableRun = z.object({
  /** Asks for its values: `paths.predictions` with `?run=KEY`. */
  key: z.string(),
  /** Null where they are of the open project. */
  file: comparedFile.nullable(),
  /** Null for a list, which does not say. */
  run: z
    .object({
      id: z.number().int(),
      modelId: z.string(),
      isTrained: z.boolean(),
      recipeName: z.string(),
      startedAt: z.string(),
      threshold: z.number(),
    })
    .nullable(),
  /** Whether anything says what its model saw of the sources in its training. */
  isTrainingKnown: z.boolean(),
});
export type ComparableRun = z.infer<typeof comparableRun>;

export const compareWithFile = z.object({ path: z.string().min(1) });
