import type { TrainingRecipe } from '../../../core/training/training-recipe.ts';
import { PUBLISHED_TRAINING } from '../../../core/training/training-recipe.ts';
import { differingTrainingSettings, TRAINING_SETTINGS } from '../../../core/training/training-settings.ts';

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
        <thead>
          <tr className="quiet small">
            <th scope="col">setting</th>
            <th scope="col">value</th>
            <th scope="col">source</th>
          </tr>
        </thead>
        <tbody>
          {TRAINING_SETTINGS.map(({ name, meaning, source, text }) => (
            <tr key={name} data-differs={differing.has(name) ? true : undefined}>
              <td>
                <code className="recipe__path">training.{name}</code>
                <div className="quiet small">{meaning}</div>
              </td>
              <td className="recipe__value">
                {text(training)}
                {differing.has(name) && (
                  <div className="recipe__other small">published: {text(PUBLISHED_TRAINING)}</div>
                )}
              </td>
              <td>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
