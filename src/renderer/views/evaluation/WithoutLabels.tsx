import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { scoreFigure } from '../../../figures/score-figures.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { Empty, Panel } from '../../components/Panel.tsx';
import { useEvaluation } from '../../state/evaluation.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { CardCurves } from './CardCurves.tsx';
import { FigureMenu } from './FigureMenu.tsx';
import { FigureView } from './FigureView.tsx';
import { LabelsChooser } from './LabelsChooser.tsx';
import { modelWords } from './model-words.ts';
import { RotationSpread } from './RotationSpread.tsx';
import { showOnly } from './show-only.ts';

const KNOWN = [
  { value: 'scores', label: 'Score distribution' },
  { value: 'card', label: 'The model card here' },
  { value: 'rotation', label: 'Rotation spread' },
] as const;
type Known = (typeof KNOWN)[number]['value'];

/** What can be said of a field whose truth is not known, what cannot, and how to make it known. */
export function WithoutLabels({ project }: { readonly project: ProjectSummary }) {
  const [choice, setChoice] = useState<Known>('scores');
  return (
    <Panel title="Evaluation">
      <div className="evaluation">
        <Unknown project={project} />
        <div className="evaluation__choices">
          <ChoiceSelect isLow aria-label="Figure" choices={KNOWN} value={choice} onChoose={setChoice} />
        </div>
        {choice === 'scores' && <Scores project={project} />}
        {choice === 'card' && <CardCurves project={project} />}
        {choice === 'rotation' && <RotationSpread project={project} />}
      </div>
    </Panel>
  );
}

function Unknown({ project }: { readonly project: ProjectSummary }) {
  const { subset, set } = useEvaluation();
  if (subset !== 'all') {
    return (
      <div className="evaluation__unlabelled">
        <strong>No labelled source is in the part “{subset}”</strong>
        <p className="quiet">By what is known of the model’s training.</p>
        <Button onClick={() => set({ subset: 'all' })}>Judge all labelled sources</Button>
      </div>
    );
  }
  return (
    <div className="evaluation__unlabelled">
      <strong>No labels for this field</strong>
      <p className="quiet">
        Recall, precision, accuracy and every curve of them cannot be known without. Known are the scores, how many
        sources each threshold flags, how steady P(MC) is when a source is turned, and what the model’s own card
        promises at a share of MC sources that you state. Load a component catalogue or a list of labels, or label
        sources in the Labels panel.
      </p>
      <LabelsChooser project={project} />
    </div>
  );
}

function Scores({ project }: { readonly project: ProjectSummary }) {
  const sorted = usePredictions((state) => state.sorted);
  const figure = useMemo(
    () =>
      scoreFigure(undefined, sorted, useThreshold.getState().threshold, {
        source: `${project.name}, ${project.run === null ? 'no run yet' : modelWords(project)}, no labels`,
        rows: sorted.length,
        mc: undefined,
        warning: '',
      }),
    [sorted, project],
  );
  const onBrush = (low: number, high: number): void => {
    const { columns } = usePredictions.getState();
    const rows: number[] = [];
    columns?.probability.forEach((value, row) => {
      if (value >= low && value <= high) rows.push(row);
    });
    showOnly(Uint32Array.from(rows));
  };
  if (sorted.length === 0) return <Empty title="No scores yet">They appear as the run gives them.</Empty>;
  return (
    <>
      <FigureView figure={figure} onBrush={onBrush} />
      <p className="evaluation__caption small quiet">
        {figure.caption} Drag across the figure to see the sources there. <FigureMenu figureNow={() => figure} />
      </p>
    </>
  );
}
