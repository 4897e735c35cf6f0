import { z } from 'zod';

/** Thresholds of the SISG gate. */
export const sisgThresholds = z.object({
  /** Small: Maj below this, exclusive [arcsec]. */
  majBelowArcsec: z.number().min(0).max(1e6),
  /** Isolated: no other source within this, equality included [arcsec]. */
  isolationArcsec: z.number().min(0).max(1e6),
  /** Single: at most so many Gaussians. */
  largestGaussianCount: z.number().int().min(0).max(1000),
});

/** By which thresholds the open project gates. */
export const sisgGate = z.object({
  /** The next run's: the project's own where it has any, else its model's. */
  thresholds: sisgThresholds,
  /** Of the recipe that the model was trained with. */
  ofModel: sisgThresholds,
  /** Of the results on screen; null before the first run. */
  ofRun: sisgThresholds.nullable(),
});
export type SisgGateSummary = z.infer<typeof sisgGate>;

export const sisgCountRequest = z.object({
  thresholds: sisgThresholds,
  /** P(MC) from which on a source is flagged: to count the flagged ones that the gate would take. */
  flaggedFrom: z.number().min(0).max(1),
});

const rows = z.number().int().nonnegative();

/** What thresholds do to the catalogue, rule by rule, and what they change against the results on screen. */
export const sisgCounts = z.object({
  rows,
  sisg: rows,
  rules: z.array(
    z.object({
      rule: z.string(),
      holds: rows,
      unknown: rows,
      left: rows,
      /** Rows known to be MC among `holds` and `left`; null without labels. */
      mcHolds: rows.nullable(),
      mcLeft: rows.nullable(),
    }),
  ),
  /** Null without labels. */
  cost: z
    .object({
      /** Whose labels, as "labels truth.fits". */
      labels: z.string(),
      mc: rows,
      lostMc: rows,
      /** Of the lost, those whose source has another row that is looked at. */
      recoverable: rows,
      lostSources: rows,
    })
    .nullable(),
  /** Against the results on screen: rows that become SISG, those of them that are flagged now, and rows that cease to be. */
  change: z.object({ joins: rows, flaggedJoins: rows, leaves: rows }),
  /** Rows that the next run sends through the network. */
  networkRows: rows,
});
export type SisgCounts = z.infer<typeof sisgCounts>;

/** Sources to choose: of a rule (counted from 0), or of the gate as a whole. */
export const sisgRowsRequest = z.object({
  thresholds: sisgThresholds,
  of: z.union([
    z.object({ rule: z.number().int().min(0).max(16), set: z.enum(['holds', 'unknown', 'taken', 'left']) }),
    /** MC rows that are SISG; rows that become SISG, or cease to be, against the results on screen. */
    z.enum(['lost', 'joins', 'leaves']),
  ]),
});
export type SisgRowsRequest = z.infer<typeof sisgRowsRequest>;
