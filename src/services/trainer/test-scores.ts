import type { FeatureMoments } from '../../core/features/scaling.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { MetricInterval } from '../../core/evaluation/metric-interval.ts';
import { groupNumbers, rocAucInterval } from '../../core/evaluation/bootstrap.ts';
import { rocAuc } from '../../core/evaluation/roc.ts';
import type { ProbabilityPort } from '../inference/classify-field.ts';
import { classifyField } from '../inference/classify-field.ts';
import type { LabelledRows } from './labelled-rows.ts';

/** Rows that a model is judged on: at natural prevalence, SISG rows left out. */
export interface TestRows {
  readonly rows: LabelledRows;
  /** Indices into `rows`. */
  readonly chosen: readonly number[];
  readonly isMc: Uint8Array;
  /** Physical source of each, as numbers for resampling. */
  readonly group: Int32Array;
  readonly groupCount: number;
}

/** An AUC with its 95 % interval by physical source; null where it cannot be estimated. */
export interface AucWithInterval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export function testRowsOf(rows: LabelledRows): TestRows {
  const chosen = Array.from(rows.isSisg.keys()).filter((row) => rows.isSisg[row] === 0);
  return {
    rows,
    chosen,
    isMc: Uint8Array.from(chosen, (row) => rows.isMc[row]!),
    ...groupNumbers(chosen.map((row) => rows.physicalSource[row]!)),
  };
}

/**
 * P(MC) of the test rows by the same way as `lobate classify`; NaN for a row that the network does not see (no valid
 * pixels).
 */
export async function scoreTestRows(
  test: TestRows,
  network: ProbabilityPort,
  model: { readonly recipe: Recipe; readonly moments: FeatureMoments | undefined },
  onBatch: () => void = () => undefined,
): Promise<Float64Array> {
  const byField = test.rows.fields.map(() => new Map<number, number>());
  for (const [index, { field }] of test.rows.fields.entries()) {
    const options = { recipe: model.recipe, moments: model.moments, scoreSisg: false };
    for await (const { predictions } of classifyField(field, network, options)) {
      for (const { row, probability } of predictions) byField[index]!.set(row, probability);
      onBatch();
    }
  }
  return Float64Array.from(test.chosen, (row) => {
    return byField[test.rows.field[row]!]!.get(test.rows.row[row]!) ?? Number.NaN;
  });
}

/**
 * ROC AUC over the test rows with a bootstrap interval by physical source; undefined where a class is missing. Rows
 * without a score are left out.
 */
export function aucOf(test: TestRows, score: ArrayLike<number>, seed: number): AucWithInterval | undefined {
  const scored = Array.from(test.isMc.keys()).filter((row) => !Number.isNaN(score[row]!));
  const isMc = scored.map((row) => test.isMc[row]!);
  const scores = scored.map((row) => score[row]!);
  const auc = rocAuc(isMc, scores);
  if (!auc.defined) return undefined;
  const group = scored.map((row) => test.group[row]!);
  const interval: MetricInterval | undefined = rocAucInterval(isMc, scores, group, test.groupCount, { seed });
  return { value: auc.value, low: interval?.low ?? null, high: interval?.high ?? null };
}
