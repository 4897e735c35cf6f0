import { useState } from 'react';
import type { ComparableRun } from '../../../contract/evaluation.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { Panel } from '../../components/Panel.tsx';
import { fileNameOf } from '../../state/evaluation.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { ComparedFileChooser, ComparedFileLine } from './ComparedFile.tsx';
import { Comparison } from './Comparison.tsx';
import { useComparableRuns } from './use-comparison.ts';
import './comparison.css';

/** Of the choices, the way to results that are not among them. */
const ANOTHER = 'another';

/** Two models, or two runs, on the same sources: of this project, or of another project or list. */
export function ComparisonPanel({ project }: { readonly project: ProjectSummary }) {
  const runs = useComparableRuns();
  const sources = useField((state) => state.sources);
  const own = usePredictions((state) => state.columns);
  const [chosenKey, setChosenKey] = useState<string | undefined>(undefined);
  if (sources === undefined || own === undefined || runs === undefined) {
    return (
      <Panel title="Compare">
        <p className="comparison__lead quiet">There is nothing to compare before a run has results.</p>
      </Panel>
    );
  }
  const other = chosenKey === ANOTHER ? undefined : (runs.find(({ key }) => key === chosenKey) ?? runs[0]);
  const chooser = <ComparedFileChooser project={project} onChosen={([newest]) => setChosenKey(newest?.key)} />;
  return (
    <Panel title="Compare">
      {runs.length > 0 && (
        <div className="comparison__choices">
          <ChoiceSelect
            isLow
            aria-label="Run to compare with"
            choices={choicesOf(runs)}
            value={other?.key ?? ANOTHER}
            onChoose={setChosenKey}
          />
        </div>
      )}
      {other === undefined ? (
        <div className="comparison__lead">
          {runs.length === 0 && <strong>No other run of this catalogue yet</strong>}
          <p className="quiet">
            Classify with another model or recipe in the Field panel, or give the project of another run, or a list with
            scores: its sources are found by name, and by position where the names differ. The other file stays as it
            is.
          </p>
          {chooser}
        </div>
      ) : (
        <>
          {other.file !== null && <ComparedFileLine file={other.file} />}
          <Comparison
            key={`${other.key} ${other.file?.path ?? ''}`}
            project={project}
            sources={sources}
            own={own}
            other={other}
          />
        </>
      )}
    </Panel>
  );
}

/** Runs of this project, then those of the other file, then the way to another. */
function choicesOf(runs: readonly ComparableRun[]) {
  const optionOf = (run: ComparableRun) => ({ value: run.key, label: `with ${runWords(run)}` });
  const own = runs.filter(({ file }) => file === null).map(optionOf);
  const others = runs.filter(({ file }) => file !== null);
  const group = others[0]?.file?.path;
  return [
    ...(own.length > 0 ? [{ group: 'This project', items: own }] : []),
    ...(group === undefined ? [] : [{ group: fileNameOf(group), items: others.map(optionOf) }]),
    { value: ANOTHER, label: 'another project or list…' },
  ];
}

/** How the choice names it. */
function runWords({ run, file }: ComparableRun): string {
  if (run === null) return `the scores of ${fileNameOf(file?.path ?? '')}`;
  return `${run.isTrained ? '' : 'UNTRAINED '}${run.modelId}, run ${run.id}`;
}
