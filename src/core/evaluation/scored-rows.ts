import { correctedScores, NEVER_FLAGGED } from './association-correction.ts';

/** Rows that have a label and a result, as parallel arrays: what every evaluation starts from. */
export interface EvaluatedRows {
  /** 1 where the row is MC in truth */
  readonly isMc: Uint8Array;
  /** P(MC) [0..1]; NaN only where `isSisg`. */
  readonly probability: Float64Array;
  /** 1 where the row is gated as SISG: class S at every threshold, whatever a network says of it. */
  readonly isSisg: Uint8Array;
  /** Physical source of each row, 0 … groupCount − 1. */
  readonly group: Int32Array;
  readonly groupCount: number;
}

/** The same with the scores that thresholds are applied to. */
export interface ScoredRows extends EvaluatedRows {
  /** P(MC), `NEVER_FLAGGED` for gated rows. */
  readonly score: Float64Array;
  /** Score at which the row is found when its whole physical source is looked at. */
  readonly corrected: Float64Array;
}

export function scoredRows(rows: EvaluatedRows): ScoredRows {
  const { isMc, isSisg, probability, group, groupCount } = rows;
  const score = probability.map((value, row) => (isSisg[row] === 1 ? NEVER_FLAGGED : value));
  return { ...rows, score, corrected: correctedScores(isMc, score, group, groupCount) };
}

/** Those rows for which `keep` holds, with the corrected scores that they have among all. */
export function selectScoredRows(rows: ScoredRows, keep: (row: number) => boolean): ScoredRows {
  const chosen = Uint32Array.from(rows.isMc.keys()).filter((row) => keep(row));
  return {
    isMc: Uint8Array.from(chosen, (row) => rows.isMc[row]!),
    probability: Float64Array.from(chosen, (row) => rows.probability[row]!),
    isSisg: Uint8Array.from(chosen, (row) => rows.isSisg[row]!),
    group: Int32Array.from(chosen, (row) => rows.group[row]!),
    groupCount: rows.groupCount,
    score: Float64Array.from(chosen, (row) => rows.score[row]!),
    corrected: Float64Array.from(chosen, (row) => rows.corrected[row]!),
  };
}
