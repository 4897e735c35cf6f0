import { memo } from 'react';
import { SUBSET_CHOICES } from '../../../core/evaluation/data-subsets.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { reloadReference } from '../../api/load-reference.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { FIGURES, MODES } from './figure-choices.ts';
import type { FigureChoice } from './figure-choices.ts';
import { LabelsLine } from './LabelsChooser.tsx';
import type { ChosenProperty } from './use-property.ts';

interface EvaluationChoicesProps {
  readonly figure: { readonly value: FigureChoice; readonly choose: (choice: FigureChoice) => void };
  /** Where the figure is over one. */
  readonly property:
    { readonly chosen: ChosenProperty; readonly id: string; readonly choose: (id: string) => void } | undefined;
}

/** Which figure, how recovered rows count, which rows are judged by which labels, and the property of figures over one. */
export const EvaluationChoices = memo(function EvaluationChoices({ figure, property }: EvaluationChoicesProps) {
  const engine = useEngine();
  const { mode, subset, reference, set } = useEvaluation();
  const isDatasetKnown = useJudged((state) => state.rows?.isDatasetKnown === true);
  return (
    <div className="evaluation__choices">
      <ChoiceSelect isLow aria-label="Figure" choices={FIGURES} value={figure.value} onChoose={figure.choose} />
      <ChoiceSelect
        isLow
        aria-label="How recovered components count"
        choices={MODES}
        value={mode}
        onChoose={(chosen) => set({ mode: chosen })}
      />
      {isDatasetKnown && (
        <ChoiceSelect
          isLow
          aria-label="Which sources to judge"
          choices={SUBSET_CHOICES}
          value={subset}
          onChoose={(chosen) => set({ subset: chosen })}
        />
      )}
      {property !== undefined && (
        <ChoiceSelect
          isLow
          aria-label="Property"
          choices={property.chosen.choices}
          value={property.id}
          onChoose={property.choose}
        />
      )}
      {reference !== undefined && (
        <LabelsLine
          path={reference.summary.path}
          onForget={() => void engine.evaluation.clearReference().then(() => reloadReference(engine))}
        />
      )}
    </div>
  );
});
