import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { Figure } from '../../../figures/figure.ts';
import { count } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import type { JudgedRows } from '../../state/evaluation.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { EvaluationChoices } from './EvaluationChoices.tsx';
import type { FigureChoice } from './figure-choices.ts';
import { FigureMenu } from './FigureMenu.tsx';
import { Headline } from './Headline.tsx';
import { JudgedFigure } from './JudgedFigure.tsx';
import { modelWords, trainedOnWarning } from './model-words.ts';
import { RotationSpread } from './RotationSpread.tsx';
import { SOURCE_PROPERTIES } from './source-properties.ts';
import { useCurveMetrics } from './use-curve-metrics.ts';
import { SUBSET_NAME } from './use-figure.ts';
import { useProperty } from './use-property.ts';
import { useResampling } from './use-resampling.ts';
import { useSubset } from './use-subset.ts';
import { WithoutLabels } from './WithoutLabels.tsx';
import './evaluation.css';

/** How good the predictions are, where the truth is known; what can be said, where it is not. */
export function EvaluationPanel({ project }: { readonly project: ProjectSummary }) {
  const judged = useJudged((state) => state.rows);
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  if (judged === undefined || sources === undefined || predictions === undefined) {
    return <WithoutLabels project={project} />;
  }
  if (judged.isRefused) return <Refused judged={judged} />;
  return <Judged project={project} judged={judged} sources={sources} predictions={predictions} />;
}

/** Rows that the model was trained on are not scored unless the astronomer insists. */
function Refused({ judged }: { readonly judged: JudgedRows }) {
  const set = useEvaluation((state) => state.set);
  return (
    <Panel title="Evaluation">
      <div className="evaluation__unlabelled">
        <strong>{count(judged.paired.learnedFrom)} of these sources were used to train a model</strong>
        <p className="quiet">
          Numbers over them would flatter it. The model’s record of its training says so, or the column mc_dl_dataset of
          the labels.
        </p>
        <div className="evaluation__chooser">
          <Button onClick={() => set({ subset: 'held-out' })}>Judge test and never-seen sources</Button>
          <Button onClick={() => set({ isForced: true })}>Judge all, marked</Button>
        </div>
      </div>
    </Panel>
  );
}

interface JudgedProps {
  readonly project: ProjectSummary;
  readonly judged: JudgedRows;
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns;
}

function Judged({ project, judged, sources, predictions }: JudgedProps) {
  const mode = useEvaluation((state) => state.mode);
  const [choice, setChoice] = useState<FigureChoice>('roc');
  const [propertyId, setPropertyId] = useState(SOURCE_PROPERTIES[0]!.name);
  const { property, values: propertyValues, choices } = useProperty(propertyId, sources, predictions);
  const curve = useCurveMetrics(judged);
  const resampling = useResampling(judged.scored);
  const subset = useSubset(judged);
  const warning = trainedOnWarning(judged.paired.learnedFrom);
  const subject = useMemo(
    () => ({
      source: `${project.name}, ${modelWords(project)}, ${judged.labelWords}`,
      rows: judged.scored.isMc.length,
      mc: judged.table.mc.length,
      warning,
      subset: subset && { name: SUBSET_NAME, rows: subset.rows, mc: subset.table.mc.length },
    }),
    [project, judged, warning, subset],
  );
  const request = useMemo(
    () => ({ choice, judged, sources, curve, resampling, mode, property, propertyValues, subject, subset }),
    [choice, judged, sources, curve, resampling, mode, property, propertyValues, subject, subset],
  );
  const latest = useRef<Figure>(undefined);
  const figureNow = useCallback(() => latest.current, []);
  const keepFigure = useCallback((figure: Figure) => void (latest.current = figure), []);
  const needsProperty = choice === 'property' || choice === 'histogram';

  return (
    <Panel title="Evaluation" aside={choice === 'rotation' ? undefined : <FigureMenu figureNow={figureNow} />}>
      <div className="evaluation">
        {warning !== '' && <div className="banner">{warning}</div>}
        <EvaluationChoices
          figure={choice}
          onFigure={setChoice}
          propertyId={propertyId}
          properties={needsProperty ? choices : undefined}
          onProperty={setPropertyId}
        />
        <Headline judged={judged} resampling={resampling} subset={subset} />
        {choice === 'rotation' ? (
          <RotationSpread project={project} />
        ) : (
          <JudgedFigure request={request} onFigure={keepFigure} />
        )}
      </div>
    </Panel>
  );
}
