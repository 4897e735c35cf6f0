import { useQuery } from '@tanstack/react-query';
import { RECIPE_PRESETS } from '../../../core/network/presets.ts';
import type { Recipe } from '../../../core/network/recipe.ts';
import type { TrainingRecipe } from '../../../core/training/training-recipe.ts';
import { defaultTrainingOf } from '../../../core/training/training-recipe.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { useField } from '../../state/field.ts';
import { useProgress } from '../../state/progress.ts';
import type { RecipeChoice } from '../../state/recipe-view.ts';

/** A recipe that can be looked at. */
export interface KnownRecipe {
  readonly key: string;
  readonly group: 'In use' | 'Installed models' | 'Presets';
  readonly label: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  readonly recipe: Recipe;
  /** How the model was trained, or what a preset's network is trained with; undefined where its model.json does not say. */
  readonly training: TrainingRecipe | undefined;
}

export const keyOf = (choice: RecipeChoice): string => {
  switch (choice.kind) {
    case 'run':
      return 'run';
    case 'model':
      return `model:${choice.modelId}`;
    case 'preset':
      return `preset:${choice.name}`;
  }
};

const PRESETS: readonly KnownRecipe[] = RECIPE_PRESETS.map(({ recipe, summary }) => ({
  key: keyOf({ kind: 'preset', name: recipe.name }),
  group: 'Presets',
  label: recipe.name,
  summary,
  recipe,
  training: defaultTrainingOf(recipe.network).training,
}));

/** The recipe of the run on screen, those of the installed models, and the presets; what is not there yet is left out. */
export function useRecipes(): readonly KnownRecipe[] {
  const engine = useEngine();
  const project = useField((state) => state.project);
  const progress = useProgress((state) => state.run);
  const run = progress?.run ?? project?.run;
  const models = useQuery({ queryKey: ['model-recipes'], queryFn: () => engine.models.recipes() });
  const ofRun = useQuery({
    queryKey: ['run-recipe', project?.path, run?.id],
    queryFn: () => engine.run.recipe(),
    enabled: run != null,
  });
  const trainingOf = (modelId: string): TrainingRecipe | undefined =>
    models.data?.find((model) => model.modelId === modelId)?.training ?? undefined;
  const inUse: KnownRecipe[] =
    run == null || ofRun.data == null
      ? []
      : [
          {
            key: 'run',
            group: 'In use',
            label: `${ofRun.data.name}, of the run on screen`,
            summary: `What the results on screen were made with, by model ${run.modelId}.`,
            recipe: ofRun.data,
            training: trainingOf(run.modelId),
          },
        ];
  const ofModels = (models.data ?? []).map(({ modelId, recipe, training }): KnownRecipe => ({
    key: keyOf({ kind: 'model', modelId }),
    group: 'Installed models',
    label: `${recipe.name}, of model ${modelId}`,
    summary: `What model ${modelId} was trained with; its runs use it.`,
    recipe,
    training: training ?? undefined,
  }));
  return [...inUse, ...ofModels, ...PRESETS];
}

/** Options of a list box by their groups; a group without any is left out. */
export function groupsOf(recipes: readonly KnownRecipe[]) {
  return (['In use', 'Installed models', 'Presets'] as const)
    .map((group) => ({
      group,
      items: recipes.filter((known) => known.group === group).map(({ key, label }) => ({ value: key, label })),
    }))
    .filter(({ items }) => items.length > 0);
}
