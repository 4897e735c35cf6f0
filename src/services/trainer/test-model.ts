import { cardRates } from '../../core/evaluation/card-rates.ts';
import type { ScoreTable } from '../../core/evaluation/score-table.ts';
import { inferenceModel } from '../../core/network/inference-graph.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { networkSessionOf, openNetworkSession } from '../inference/onnx-session.ts';
import { computeBaselines } from './baselines.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { LabelledRows } from './labelled-rows.ts';
import type { TestReport } from './model-card.ts';
import { aucOf, scoreTestRows, testRowsOf } from './test-scores.ts';
import type { TrainingSet } from './training-set.ts';

export interface TestSetting {
  readonly recipe: Recipe;
  readonly training: Pick<TrainingRecipe, 'seed'>;
  /** Models whose AUC on the same rows is wanted. */
  readonly compare: readonly LoadedModel[];
}

/**
 * Judges the weights, the models to compare with and the baselines on rows outside the training, which are closed.
 */
export async function testModel(
  request: TestSetting,
  testRows: LabelledRows,
  trainRows: LabelledRows,
  set: TrainingSet,
  network: NetworkDescription,
  parameters: Parameters,
): Promise<TestReport> {
  const { seed } = request.training;
  try {
    const test = testRowsOf(testRows);
    const session = await networkSessionOf(joinChunks(inferenceModel(network, parameters)), {
      recipe: request.recipe,
      featureNames: testRows.featureNames,
    });
    const scores = await scoreTestRows(test, session, { recipe: request.recipe, moments: set.moments }).finally(() =>
      session.close(),
    );
    const compared: TestReport['compared'][number][] = [];
    for (const model of request.compare) {
      const { recipe, moments, id, network: kind } = model.description;
      const other = await openNetworkSession(model);
      const otherScores = await scoreTestRows(test, other, { recipe, moments }).finally(() => other.close());
      compared.push({ name: `${id} (${kind})`, auc: aucOf(test, otherScores, seed) });
    }
    const mcRows = test.isMc.reduce((sum, isMc) => sum + isMc, 0);
    return {
      fieldCount: testRows.fields.length,
      mcRows,
      sRows: test.isMc.length - mcRows,
      auc: aucOf(test, scores, seed),
      rates: cardRates(tableOf(test.isMc, scores)),
      baselines: computeBaselines(trainRows, set.trainRows, test, seed),
      compared,
    };
  } finally {
    await testRows.close();
  }
}

/** Scores by class; rows that the network did not see are left out. */
function tableOf(isMc: Uint8Array, score: Float64Array): ScoreTable {
  const ofClass = (code: number): Float64Array =>
    score.filter((value, row) => isMc[row] === code && !Number.isNaN(value)).sort();
  return { mc: ofClass(1), mcCorrected: ofClass(1), s: ofClass(0) };
}
