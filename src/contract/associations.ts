import { z } from 'zod';
import { labeller } from './labels.ts';

/** What window and engine say to each other about association candidates. */

const row = z.number().int().nonnegative();

/** A catalogue value that may be missing. */
const measured = z.number().nullable();

export const candidate = z.object({
  id: z.number().int(),
  rows: z.array(row),
  /** ILTJ name of the flux-weighted position. */
  name: z.string(),
  labeller: z.string(),
  madeAt: z.string(),
});
export type CandidateMessage = z.infer<typeof candidate>;

export const companion = z.object({
  row,
  name: z.string(),
  distanceArcsec: z.number(),
  paDeg: measured,
  fluxRatio: measured,
  probability: measured,
  isFlagged: z.boolean(),
  /** Highest level at which emission joins the two [σ]; null where it could not be measured. */
  bridgeSigma: measured,
  /** Why it is proposed; null where nothing speaks for it. */
  reason: z.enum(['bridge', 'both-flagged']).nullable(),
});
export type CompanionMessage = z.infer<typeof companion>;

export const proposal = z.object({
  row,
  companions: z.array(companion),
  /** How far companions were looked for [arcsec]. */
  reachArcsec: z.number(),
  /** The candidate that the row is in already. */
  kept: candidate.nullable(),
});
export type Proposal = z.infer<typeof proposal>;

const threshold = z.number().min(0).max(1);

export const proposalRequest = z.object({ row, threshold });

export const keepCandidate = z.object({
  /** Replaces this candidate's members; absent for a new one. */
  id: z.number().int().optional(),
  rows: z.array(row).min(2).max(200),
  labeller,
  threshold,
});

export const withdrawCandidate = z.object({ id: z.number().int(), labeller, threshold });
