import type { TrainingRecipe } from '../../../core/training/training-recipe.ts';
import { PUBLISHED_TRAINING } from '../../../core/training/training-recipe.ts';
import { differingTrainingSettings, TRAINING_SETTINGS } from '../../../core/training/training-settings.ts';
import { SettingHead, SettingRow } from './SettingRow.tsx';

interface TrainingTableProps {
  /** Undefined where a model does not say how it was trained. */
  readonly training: TrainingRecipe | undefined;
  /** True where no model was trained with it yet. */
  readonly isDefault: boolean;
}

/** How a model was trained, setting by setting, and what the published training has where that differs. */
export function TrainingTable({ training, isDefault }: TrainingTableProps) {
  if (training === undefined) {
    return <p className="recipe__note quiet">The model does not say how it was trained. Its card may.</p>;
  }
  const differing = differingTrainingSettings(training, PUBLISHED_TRAINING);
  return (
    <>
      {isDefault && <p className="recipe__note quiet">What its network is trained with unless told otherwise.</p>}
      <table className="recipe__table">
        <SettingHead />
        <tbody>
          {TRAINING_SETTINGS.map(({ name, meaning, source, text }) => (
            <SettingRow
              key={name}
              path={`training.${name}`}
              meaning={meaning}
              value={text(training)}
              published={differing.has(name) ? `published: ${text(PUBLISHED_TRAINING)}` : undefined}
              source={source}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}
