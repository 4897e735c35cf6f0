import { useState } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ComparableRun } from '../../../contract/evaluation.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { LOW_INPUT } from '../../components/low-input.ts';
import { Empty, Panel } from '../../components/Panel.tsx';
import { ThresholdEntry } from '../../components/ThresholdEntry.tsx';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { useThreshold } from '../../state/threshold.ts';
import { MODES } from '../evaluation/figure-choices.ts';
import { Disagreements } from './Disagreements.tsx';
import { LabelledComparison } from './LabelledComparison.tsx';
import { useComparableRuns, useOtherPredictions, usePairedResults } from './use-comparison.ts';
import './comparison.css';

/** Two models, or two runs, on the same sources. */
export function ComparisonPanel({ project }: { readonly project: ProjectSummary }) {
  const runs = useComparableRuns();
  const sources = useField((state) => state.sources);
  const own = usePredictions((state) => state.columns);
  const [chosenId, setChosenId] = useState<number | undefined>(undefined);
  const other = runs?.find(({ id }) => id === chosenId) ?? runs?.[0];
  if (sources === undefined || own === undefined || other === undefined) {
    return (
      <Panel title="Compare">
        <Empty title="No other run to compare with">
          A second finished run of this catalogue appears here: choose another model or recipe in the Field panel and
          run it. The one on screen stays the first.
        </Empty>
      </Panel>
    );
  }
  return (
    <Panel title="Compare">
      <div className="comparison__choices">
        <ChoiceSelect
          isLow
          aria-label="Run to compare with"
          choices={(runs ?? []).map((run) => ({ value: run.id, label: `with ${runWords(run)}` }))}
          value={other.id}
          onChoose={setChosenId}
        />
      </div>
      <Comparison key={other.id} project={project} sources={sources} own={own} run={other} />
    </Panel>
  );
}

const runWords = ({ modelId, isTrained, id }: ComparableRun): string =>
  `${isTrained ? '' : 'UNTRAINED '}${modelId}, run ${id}`;

interface ComparisonProps {
  readonly project: ProjectSummary;
  readonly sources: SourceColumns;
  readonly own: PredictionColumns;
  readonly run: ComparableRun;
}

function Comparison({ project, sources, own, run }: ComparisonProps) {
  const threshold = useThreshold((state) => state.threshold);
  const resting = useRestingThreshold((state) => state.threshold);
  // Until another is typed, both are read at the same threshold.
  const [typed, setTyped] = useState<number | undefined>(undefined);
  const otherThreshold = typed ?? threshold;
  const { mode, set } = useEvaluation();
  const isRefused = useJudged((state) => state.rows?.isRefused === true);
  const other = useOtherPredictions(run.id);
  const results = usePairedResults(sources, own, other);
  const names = {
    first: `${project.run?.modelId ?? 'this run'}${run.modelId === project.run?.modelId ? `, run ${own.runId}` : ''}`,
    second: run.modelId === project.run?.modelId ? `${run.modelId}, run ${run.id}` : run.modelId,
  };
  return (
    <div className="comparison">
      <div className="comparison__choices">
        <ChoiceSelect
          isLow
          aria-label="How recovered components count in the comparison"
          choices={MODES}
          value={mode}
          onChoose={(chosen) => set({ mode: chosen })}
        />
        <label className="comparison__threshold small">
          <span className="quiet">{names.second} at</span>
          <ThresholdEntry
            aria-label="Threshold of the other run"
            size="xs"
            value={otherThreshold}
            onChoose={(value) => {
              if (value >= 0 && value <= 1) setTyped(value === threshold ? undefined : value);
            }}
            styles={LOW_INPUT}
          />
        </label>
      </div>
      {other === undefined ? (
        <Empty title="The other run is on its way">Its results are being read from the project.</Empty>
      ) : (
        <Disagreements
          sources={sources}
          own={own}
          other={other}
          first={threshold}
          second={otherThreshold}
          names={names}
        />
      )}
      {results !== undefined && (
        <LabelledComparison
          project={project}
          results={results}
          names={names}
          thresholds={{ first: threshold, second: otherThreshold }}
          resting={{ first: resting, second: typed ?? resting }}
          mode={mode}
        />
      )}
      {other !== undefined && results === undefined && (
        <p className="quiet comparison__note">
          {isRefused
            ? 'Some of the labelled sources were used to train a model: choose in the Evaluation panel which to judge.'
            : 'Which of them is right cannot be known without labels: load them in the Evaluation panel.'}
        </p>
      )}
    </div>
  );
}
