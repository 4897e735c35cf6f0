import type { Metric } from '../evaluation/metric.ts';
import { ratioMetric } from '../evaluation/metric.ts';
import type { LabelWord } from './label-words.ts';

export interface Agreement {
  /** Rows to which both gave a word. */
  readonly rows: number;
  readonly same: number;
  /** Cohen's κ: 1 full agreement, 0 what chance would give, negative worse. */
  readonly kappa: Metric;
  /** Words that one of the two used, and how often the first said i where the second said j (row-major). */
  readonly words: readonly LabelWord[];
  readonly counts: readonly (readonly number[])[];
}

/**
 * How far two labellers agree on the rows that both labelled. κ = (p_o − p_e) / (1 − p_e), with p_o the share of equal
 * words and p_e that of chance from each one's own frequencies (Cohen 1960, Educ. Psychol. Meas. 20, 37); unweighted, as
 * `sklearn.metrics.cohen_kappa_score`. Undefined without common rows, and where both used one and the same word only.
 */
export function agreementOf(
  first: ReadonlyMap<number, LabelWord>,
  second: ReadonlyMap<number, LabelWord>,
  order: readonly LabelWord[],
): Agreement {
  const pairs = [...first].flatMap(([row, word]) => {
    const other = second.get(row);
    return other === undefined ? [] : [[word, other] as const];
  });
  const words = order.filter((word) => pairs.some(([a, b]) => a === word || b === word));
  const counts = words.map(() => words.map(() => 0));
  for (const [a, b] of pairs) counts[words.indexOf(a)]![words.indexOf(b)]! += 1;
  const same = words.reduce((sum, _, i) => sum + counts[i]![i]!, 0);
  const rows = pairs.length;
  // Multiplied through by rows², so that only whole numbers are subtracted.
  const chance = words.reduce((sum, _, i) => {
    const said = counts[i]!.reduce((total, n) => total + n, 0);
    const saidByOther = counts.reduce((total, line) => total + line[i]!, 0);
    return sum + said * saidByOther;
  }, 0);
  const why = rows === 0 ? 'no row was labelled by both' : 'both used one and the same word for every row';
  return { rows, same, kappa: ratioMetric(same * rows - chance, rows * rows - chance, why), words, counts };
}
