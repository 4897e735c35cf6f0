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
  readonly figure: FigureChoice;
  readonly onFigure: (choice: FigureChoice) => void;
  readonly propertyId: string;
  /** Undefined where the figure is over none. */
  readonly properties: ChosenProperty['choices'] | undefined;
  readonly onProperty: (id: string) => void;
}

/**
 * Which figure, how recovered rows count, which rows are judged by which labels, and the property of figures over one. Not
 * drawn again from one step of the threshold to the next.
 */
export const EvaluationChoices = memo(function EvaluationChoices(props: EvaluationChoicesProps) {
  const { figure, onFigure, propertyId, properties, onProperty } = props;
  const engine = useEngine();
  const { mode, subset, reference, set } = useEvaluation();
  const isDatasetKnown = useJudged((state) => state.rows?.isDatasetKnown === true);
  return (
    <div className="evaluation__choices">
      <ChoiceSelect isLow aria-label="Figure" choices={FIGURES} value={figure} onChoose={onFigure} />
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
      {properties !== undefined && (
        <ChoiceSelect isLow aria-label="Property" choices={properties} value={propertyId} onChoose={onProperty} />
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
