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
  const indices = new Uint32Array(rows.isMc.length);
  let count = 0;
  for (let row = 0; row < indices.length; row++) if (keep(row)) indices[count++] = row;
  const chosen = indices.subarray(0, count);
  return {
    isMc: chosenOf(rows.isMc, chosen, new Uint8Array(count)),
    probability: chosenOf(rows.probability, chosen, new Float64Array(count)),
    isSisg: chosenOf(rows.isSisg, chosen, new Uint8Array(count)),
    group: chosenOf(rows.group, chosen, new Int32Array(count)),
    groupCount: rows.groupCount,
    score: chosenOf(rows.score, chosen, new Float64Array(count)),
    corrected: chosenOf(rows.corrected, chosen, new Float64Array(count)),
  };
}

/** Fills `into` with the values of the chosen rows. A loop, as `from` with a function takes ten times as long. */
function chosenOf<Column extends Uint8Array | Int32Array | Float64Array>(
  values: Column,
  chosen: Uint32Array,
  into: Column,
): Column {
  for (let at = 0; at < chosen.length; at++) into[at] = values[chosen[at]!]!;
  return into;
}
