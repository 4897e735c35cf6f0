import { z } from 'zod';
import { LABEL_WORDS } from '../core/labels/label-words.ts';

/** What window and engine say to each other about labels made by hand. */

export const labelWord = z.enum(LABEL_WORDS);

/** A name to sign labels with; kept in the history as it is. */
export const labeller = z.string().trim().min(1).max(60);

const row = z.number().int().nonnegative();

export const rowStatement = z.object({
  row,
  labeller: z.string(),
  /** Null: no label, or it was taken back. */
  word: labelWord.nullable(),
  note: z.string(),
  isStarred: z.boolean(),
});
export type RowStatementMessage = z.infer<typeof rowStatement>;

export const labelState = z.object({
  /** Who sits at this machine, as the system says. */
  defaultLabeller: z.string(),
  labellers: z.array(z.string()),
  /** The labeller's own, and the others' unless he labels blind. */
  statements: z.array(rowStatement),
  goldCount: z.number().int(),
  /** Lines of the history whose source is not in the open catalogue. */
  passedOver: z.number().int(),
});
export type LabelState = z.infer<typeof labelState>;

export const giveLabel = z.object({
  row,
  labeller,
  /** Null takes the label back; absent keeps what was said. */
  word: labelWord.nullable().optional(),
  note: z.string().max(2000).optional(),
  isStarred: z.boolean().optional(),
  /** Whether P(MC) stood on the screen; it is kept with the label if so. */
  isProbabilityShown: z.boolean(),
});

export const queueRequest = z.object({
  labeller,
  order: z.enum(['uncertainty', 'score', 'disagreement', 'random', 'selection']),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  /** Of `selection`: the rows themselves, in their order. */
  rows: z.array(row).max(100_000).optional(),
  /** Of `disagreement`: the run to compare the shown one with. */
  otherRunId: z.number().int().optional(),
  /** Rows that the labeller has labelled already, too. */
  includesLabelled: z.boolean().default(false),
  includesGold: z.boolean().default(false),
});

export const labelQueue = z.object({
  rows: z.array(row),
  /** Rows that could be asked for; `rows` holds the first of them. */
  total: z.number().int(),
});
export type LabelQueue = z.infer<typeof labelQueue>;

export const labelImport = z.object({
  /** The text of the file: `Source_Name,label` with any other columns. */
  csv: z.string().max(15_000_000),
  fileName: z.string().max(300),
  labeller,
  as: z.enum(['label', 'gold']),
});

export const labelImportResult = z.object({
  /** Rows that were labelled. */
  rows: z.number().int(),
  /** Names of the file that are not in the open catalogue. */
  absent: z.number().int(),
});

export const labelAgreement = z.object({
  rows: z.number().int(),
  same: z.number().int(),
  kappa: z.number().nullable(),
  /** Why κ is not defined. */
  undefinedBecause: z.string().nullable(),
  words: z.array(labelWord),
  counts: z.array(z.array(z.number().int())),
});

/** How a labeller did on the rows of known answer. */
export const goldScore = z.object({ rows: z.number().int(), right: z.number().int() });
