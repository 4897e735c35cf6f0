import type { TrainingPlan } from '../../contract/training.ts';
import { recipeOf, withScaling } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../core/training/training-recipe.ts';
import type { ListedModel } from '../../services/model-store/load-model.ts';

/** Recipe and settings of a plan: a model that is gone on from brings its own recipe. @throws DomainFailure `model-not-found` */
export function learningTaskOf(
  { recipeName, training, startModelId }: TrainingPlan,
  models: readonly ListedModel[],
): { readonly recipe: Recipe; readonly training: TrainingRecipe } {
  if (startModelId === null) {
    const recipe = recipeOf(recipeName);
    return { recipe: withScaling(recipe, defaultTrainingOf(recipe.network).scaling), training };
  }
  const start = models.find(({ description }) => description.id === startModelId);
  if (start !== undefined) return { recipe: start.description.recipe, training };
  const available = models.map(({ description }) => description.id);
  throw new DomainFailure({ kind: 'model-not-found', id: startModelId, available });
}
