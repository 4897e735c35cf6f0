import { NativeSelect } from '@mantine/core';
import { SUBSET_CHOICES } from '../../../core/evaluation/data-subsets.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { reloadReference } from '../../api/load-reference.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { FIGURES, MODES } from './figure-choices.ts';
import type { FigureChoice } from './figure-choices.ts';
import { LabelsLine } from './LabelsChooser.tsx';
import type { ChosenProperty } from './use-property.ts';

/** As high as the header and the rows around them. */
export const SELECT_STYLES = { input: { height: 22, minHeight: 22 } };

interface EvaluationChoicesProps {
  readonly figure: { readonly value: FigureChoice; choose(choice: FigureChoice): void };
  /** Where the figure is over one. */
  readonly property: { readonly chosen: ChosenProperty; readonly id: string; choose(id: string): void } | undefined;
}

/** Which figure, how recovered rows count, which rows are judged by which labels, and the property of figures over one. */
export function EvaluationChoices({ figure, property }: EvaluationChoicesProps) {
  const engine = useEngine();
  const { mode, subset, reference, set } = useEvaluation();
  const isDatasetKnown = useJudged((state) => state.rows?.isDatasetKnown === true);
  return (
    <div className="evaluation__choices">
      <NativeSelect
        aria-label="Figure"
        size="xs"
        data={[...FIGURES]}
        value={figure.value}
        onChange={(event) => {
          const chosen = FIGURES.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) figure.choose(chosen.value);
        }}
        styles={SELECT_STYLES}
      />
      <NativeSelect
        aria-label="How recovered components count"
        size="xs"
        data={[...MODES]}
        value={mode}
        onChange={(event) => {
          const chosen = MODES.find(({ value }) => value === event.currentTarget.value);
          if (chosen !== undefined) set({ mode: chosen.value });
        }}
        styles={SELECT_STYLES}
      />
      {isDatasetKnown && (
        <NativeSelect
          aria-label="Which sources to judge"
          size="xs"
          data={[...SUBSET_CHOICES]}
          value={subset}
          onChange={(event) => {
            const chosen = SUBSET_CHOICES.find((name) => name === event.currentTarget.value);
            if (chosen !== undefined) set({ subset: chosen });
          }}
          styles={SELECT_STYLES}
        />
      )}
      {property !== undefined && (
        <NativeSelect
          aria-label="Property"
          size="xs"
          data={[...property.chosen.choices]}
          value={property.id}
          onChange={(event) => property.choose(event.currentTarget.value)}
          styles={SELECT_STYLES}
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
}
