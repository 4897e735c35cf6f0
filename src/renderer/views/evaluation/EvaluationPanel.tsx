import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { CELL, cellOf } from '../../../core/evaluation/cells.ts';
import type { CellName } from '../../../core/evaluation/cells.ts';
import { SUBSET_CHOICES } from '../../../core/evaluation/data-subsets.ts';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { reloadReference } from '../../api/load-reference.ts';
import { count } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { showPanel } from '../../state/dock.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';
import { FIGURES, MODES } from './figure-choices.ts';
import type { FigureChoice } from './figure-choices.ts';
import { FigureMenu } from './FigureMenu.tsx';
import { FigureView } from './FigureView.tsx';
import { Headline } from './Headline.tsx';
import { LabelsLine } from './LabelsChooser.tsx';
import { SOURCE_PROPERTIES } from './source-properties.ts';
import { useCurveMetrics } from './use-curve-metrics.ts';
import { isInSample, useFigure } from './use-figure.ts';
import { useResampling } from './use-resampling.ts';
import { WithoutLabels } from './WithoutLabels.tsx';
import './evaluation.css';

/** How good the predictions are, where the truth is known; what can be said, where it is not. */
export function EvaluationPanel({ project }: { readonly project: ProjectSummary }) {
  const judged = useJudged((state) => state.rows);
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  if (judged === undefined || sources === undefined || predictions === undefined) {
    return (
      <Panel title="Evaluation">
        <WithoutLabels project={project} />
      </Panel>
    );
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
        <p className="quiet">Numbers over them would flatter it. The labels say so in their column mc_dl_dataset.</p>
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
  const engine = useEngine();
  const { mode, subset, reference, set } = useEvaluation();
  const [choice, setChoice] = useState<FigureChoice>('roc');
  const [propertyName, setPropertyName] = useState(SOURCE_PROPERTIES[0]!.name);
  const property = SOURCE_PROPERTIES.find(({ name }) => name === propertyName) ?? SOURCE_PROPERTIES[0]!;
  const curve = useCurveMetrics(judged);
  const resampling = useResampling(judged.scored);
  const warning =
    judged.paired.learnedFrom > 0
      ? `Includes ${count(judged.paired.learnedFrom)} sources that a model was trained on: these numbers flatter it.`
      : '';
  const modelId = project.run?.modelId ?? 'unknown';
  const isUntrained = project.run?.isTrained === false;
  const subject = useMemo(
    () => ({
      source: `${project.name}, ${isUntrained ? 'UNTRAINED ' : ''}model ${modelId}, ${judged.labelWords}`,
      rows: judged.scored.isMc.length,
      mc: judged.table.mc.length,
      warning,
    }),
    [project.name, isUntrained, modelId, judged, warning],
  );
  const { figure, binOf } = useFigure({
    choice,
    judged,
    sources,
    predictions,
    curve,
    resampling,
    mode,
    property,
    subject,
  });
  const needsProperty = choice === 'property' || choice === 'histogram';

  const choose = (words: string): void => {
    const [first, second] = words.split('\n');
    const cell = CELL[second as CellName] as number | undefined;
    if (first === undefined || cell === undefined) return;
    const { threshold } = useThreshold.getState();
    const isIn = (index: number): boolean =>
      binOf === undefined ? isInSample(first, judged, sources, index) : binOf[index] === Number(first);
    const rows: number[] = [];
    judged.paired.catalogueRow.forEach((row, index) => {
      if (cellOf(judged.scored, index, threshold, mode) === cell && isIn(index)) rows.push(row);
    });
    const selection = useSelection.getState();
    selection.choose(Uint32Array.from(rows).sort(), 'replace');
    selection.showOnlyChosen(true);
    showPanel('table');
  };

  return (
    <Panel
      title="Evaluation"
      aside={
        <>
          <NativeSelect
            aria-label="Figure"
            size="xs"
            data={[...FIGURES]}
            value={choice}
            onChange={(event) =>
              setChoice(FIGURES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'roc')
            }
            styles={SELECT_STYLES}
          />
          <FigureMenu figure={figure} />
        </>
      }
    >
      <div className="evaluation">
        {warning !== '' && <div className="banner">{warning}</div>}
        <div className="evaluation__choices">
          <NativeSelect
            aria-label="How recovered components count"
            size="xs"
            data={[...MODES]}
            value={mode}
            onChange={(event) =>
              set({ mode: MODES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'moved' })
            }
            styles={SELECT_STYLES}
          />
          {reference?.summary.hasDataset === true && (
            <NativeSelect
              aria-label="Which sources to judge"
              size="xs"
              data={[...SUBSET_CHOICES]}
              value={subset}
              onChange={(event) =>
                set({ subset: SUBSET_CHOICES.find((name) => name === event.currentTarget.value) ?? 'all' })
              }
              styles={SELECT_STYLES}
            />
          )}
          {needsProperty && (
            <NativeSelect
              aria-label="Property"
              size="xs"
              data={SOURCE_PROPERTIES.map(({ name, title }) => ({ value: name, label: title }))}
              value={propertyName}
              onChange={(event) => setPropertyName(event.currentTarget.value)}
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
        <Headline judged={judged} resampling={resampling} />
        <FigureView figure={figure} {...(choice === 'matrices' || choice === 'histogram' ? { onMark: choose } : {})} />
        <p className="evaluation__caption small quiet">{figure.caption}</p>
      </div>
    </Panel>
  );
}

const SELECT_STYLES = { input: { height: 22, minHeight: 22 } };
