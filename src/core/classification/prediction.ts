/**
 * What became of a row. Written out as `mc_status`; `missing-feature` carries the column's name after a colon, and
 * `unfinished` stands in a list of a run that had not come to the row.
 */
export type PredictionStatus =
  'classified' | 'unfinished' | 'sisg' | 'outside-mosaics' | 'no-valid-pixels' | `missing-feature:${string}` | 'failed';

/** The result for one catalogue row. */
export interface Prediction {
  readonly row: number;
  readonly status: PredictionStatus;
  /** P(MC) under the balanced training prior [0..1]; NaN where there is none. */
  readonly probability: number;
  /** Finite share of the 256×256 window [0..1]; NaN where the source lies on no mosaic. */
  readonly validFraction: number;
  /** Index into the field's mosaics; −1 where the source lies on none. */
  readonly mosaic: number;
}
