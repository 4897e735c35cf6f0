import { useMemo } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { scoreFigure } from '../../../figures/score-figures.ts';
import { Empty } from '../../components/Panel.tsx';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { FigureView } from './FigureView.tsx';
import { LabelsChooser } from './LabelsChooser.tsx';

/** What can be said of a field whose truth is not known, and how to make it known. */
export function WithoutLabels({ project }: { readonly project: ProjectSummary }) {
  const sorted = usePredictions((state) => state.sorted);
  const figure = useMemo(() => {
    const model = project.run === null ? 'no run yet' : `model ${project.run.modelId}`;
    return scoreFigure(undefined, sorted, useThreshold.getState().threshold, {
      source: `${project.name}, ${model}, no labels`,
      rows: sorted.length,
      mc: 0,
      warning: '',
    });
  }, [sorted, project]);
  return (
    <div className="evaluation">
      <div className="evaluation__unlabelled">
        <strong>No labels for this field</strong>
        <p className="quiet">
          How many MC sources are found or missed cannot be known without them. What is known: how the scores are
          distributed, and how many sources each threshold flags. Load a component catalogue or a list of labels, or
          label sources in the Labels panel.
        </p>
        <LabelsChooser project={project} />
      </div>
      {sorted.length === 0 ? (
        <Empty title="No scores yet">They appear as the run gives them.</Empty>
      ) : (
        <FigureView figure={figure} />
      )}
    </div>
  );
}
