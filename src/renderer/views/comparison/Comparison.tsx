import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ComparableRun } from '../../../contract/evaluation.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { ComparedNames } from '../../../figures/comparison-figure.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { count } from '../../components/format.ts';
import { LOW_INPUT } from '../../components/low-input.ts';
import { Empty } from '../../components/Panel.tsx';
import { ThresholdEntry } from '../../components/ThresholdEntry.tsx';
import { fileNameOf, useEvaluation } from '../../state/evaluation.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { useThreshold } from '../../state/threshold.ts';
import { MODES } from '../evaluation/figure-choices.ts';
import { Disagreements } from './Disagreements.tsx';
import { LabelledComparison } from './LabelledComparison.tsx';
import type { LearnedRows } from './use-comparison.ts';
import { useComparedResults, usePairedResults } from './use-comparison.ts';

interface ComparisonProps {
  readonly project: ProjectSummary;
  readonly sources: SourceColumns;
  readonly own: PredictionColumns;
  readonly other: ComparableRun;
}

/** The run on screen against the other: what changes its class and, with labels, how far apart their numbers are. */
export function Comparison({ project, sources, own, other: told }: ComparisonProps) {
  const threshold = useThreshold((state) => state.threshold);
  const resting = useRestingThreshold((state) => state.threshold);
  // Until another is typed, both are read at the same threshold.
  const [typed, setTyped] = useState<number | undefined>(undefined);
  const otherThreshold = typed ?? threshold;
  const { mode, set } = useEvaluation();
  const [learned, setLearned] = useState<LearnedRows>('refuse');
  const other = useComparedResults(told);
  const paired = usePairedResults({ sources, own, other, learned });
  const names = namesOf(project, own, told);
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
        <Empty title="The other run is on its way">Its results are being read.</Empty>
      ) : (
        <Disagreements
          sources={sources}
          own={own}
          other={other.probability}
          threshold={threshold}
          otherThreshold={typed}
          names={names}
        />
      )}
      {learned !== 'refuse' && (
        <p className="comparison__note small quiet">
          Sources that either model was trained on are {learned === 'keep' ? 'among these' : 'left out'}{' '}
          <button type="button" className="link" onClick={() => setLearned('refuse')}>
            change
          </button>
        </p>
      )}
      {paired.state === 'compared' && (
        <LabelledComparison
          project={project}
          results={paired.results}
          names={names}
          thresholds={{ first: threshold, second: otherThreshold }}
          resting={{ first: resting, second: typed ?? resting }}
          mode={mode}
        />
      )}
      {paired.state === 'refused' && <Refused rows={paired.learnedFrom} onChoose={setLearned} />}
      {other !== undefined && paired.state === 'unlabelled' && (
        <p className="quiet comparison__note">
          Which of them is right cannot be known without labels of sources that both have: load them in the Evaluation
          panel.
        </p>
      )}
      {paired.state === 'compared' && !told.isTrainingKnown && (
        <p className="quiet small comparison__note">
          What {names.second} was trained on is not known here: rows that it learned from may be among these.
        </p>
      )}
    </div>
  );
}

interface RefusedProps {
  readonly rows: number;
  readonly onChoose: (learned: LearnedRows) => void;
}

/** Rows that one of the models was trained on are not compared on unless the astronomer insists. */
function Refused({ rows, onChoose }: RefusedProps) {
  return (
    <div className="comparison__lead">
      <strong>{count(rows)} of these sources were used to train one of the two models</strong>
      <p className="quiet">
        On them it would look better than it is. The models’ records of their training say so, or the column
        mc_dl_dataset of the labels or of the list.
      </p>
      <div className="comparison__acts">
        <Button onClick={() => onChoose('leave-out')}>Leave them out</Button>
        <Button onClick={() => onChoose('keep')}>Compare on all, marked</Button>
      </div>
    </div>
  );
}

/** Told apart by what differs: the model, else the file or the run. */
function namesOf(project: ProjectSummary, own: PredictionColumns, { run, file }: ComparableRun): ComparedNames {
  const first = project.run?.modelId ?? 'this run';
  if (run === null) return { first, second: fileNameOf(file?.path ?? '') };
  if (run.modelId !== first) return { first, second: run.modelId };
  if (file !== null) return { first, second: `${run.modelId} of ${fileNameOf(file.path)}` };
  return { first: `${first}, run ${own.runId}`, second: `${run.modelId}, run ${run.id}` };
}
