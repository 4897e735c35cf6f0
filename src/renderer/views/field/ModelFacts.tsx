import { Button, NativeSelect, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelSummary, ProjectSummary } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { count, fixed } from '../../components/format.ts';
import { UntrainedMark } from '../../components/Untrained.tsx';
import { usePreflight } from '../../state/preflight.ts';
import { useProgress } from '../../state/progress.ts';
import { useRecipeView } from '../../state/recipe-view.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import './model-panel.css';

interface Choice {
  readonly modelId: string;
  /** The run that was on screen when it was made: after another run, its own model is shown again. */
  readonly runId: number | undefined;
}

/** The model of the run on screen; another one can be chosen where there are several, and classifies on request. */
export function ModelFacts({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.models.list() });
  const run = useProgress((state) => state.run)?.run ?? project.run;
  const [chosen, setChosen] = useState<Choice | undefined>(undefined);
  const showPreflight = usePreflight((state) => state.show);
  const shownId = chosen !== undefined && chosen.runId === run?.id ? chosen.modelId : run?.modelId;
  const model = models.data?.find((entry) => entry.id === shownId) ?? models.data?.[0];

  if (model === undefined) {
    return (
      <p className="quiet" style={{ margin: '0 12px 8px' }}>
        {models.isError ? 'The list of models could not be read.' : models.isPending ? ' ' : 'No model is installed.'}
      </p>
    );
  }
  const isOther = run !== null && model.id !== run.modelId;
  return (
    <>
      <dl className="facts">
        {isOther && (
          <>
            <dt>On screen</dt>
            <dd className="cut" title={`What the window shows was computed by ${run.modelId}`}>
              {run.modelId}
            </dd>
          </>
        )}
        <dt>{isOther ? 'Next run' : 'Name'}</dt>
        <dd className="cut" title={model.id}>
          {(models.data?.length ?? 0) < 2 ? (
            model.id
          ) : (
            <NativeSelect
              aria-label="Model"
              variant="unstyled"
              rightSectionWidth={12}
              value={model.id}
              data={models.data?.map((entry) => entry.id) ?? []}
              onChange={(event) => setChosen({ modelId: event.currentTarget.value, runId: run?.id })}
              className="field__choice"
            />
          )}
        </dd>
        <Facts model={model} />
        <DeviceChoice />
      </dl>
      <div style={{ padding: '0 12px 8px' }}>
        <Button variant={isOther ? 'filled' : 'default'} fullWidth onClick={() => showPreflight(model.id)}>
          {isOther ? 'Classify with this model…' : 'Report before a run…'}
        </Button>
      </div>
    </>
  );
}

function Facts({ model }: { readonly model: ModelSummary }) {
  const showRecipe = useRecipeView((state) => state.show);
  return (
    <>
      <dt>Network</dt>
      <dd>{model.network}</dd>
      <dt>Parameters</dt>
      <dd>{count(model.parameterCount)}</dd>
      <dt>Recipe</dt>
      <dd className="cut">
        <button
          type="button"
          className="link cut field__link"
          title={`${model.recipeName}: every setting between the files and the network`}
          onClick={() => showRecipe({ kind: 'model', modelId: model.id })}
        >
          {model.recipeName}
        </button>
      </dd>
      <dt>Trained on</dt>
      <dd className="cut" title={model.trainedOn}>
        {model.isTrained ? model.trainedOn.split(':')[0] : <UntrainedMark />}
      </dd>
      {model.metrics.slice(0, 1).map((metric) => (
        <Metric key={metric.name} {...metric} />
      ))}
    </>
  );
}

interface MetricProps {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The card's headline number; what exactly it was measured on is in the hint, as there is no room for it. */
function Metric({ name, value, low, high }: MetricProps) {
  const [short, ...rest] = name.split(', ');
  const interval =
    low === null || high === null ? 'no interval was estimated' : `95 % interval ${fixed(low, 3)} to ${fixed(high, 3)}`;
  return (
    <>
      <dt>{short}</dt>
      <Tooltip label={[...rest, interval].join('; ')} multiline maw={280}>
        <dd style={{ cursor: 'help' }}>{fixed(value, 3)}</dd>
      </Tooltip>
    </>
  );
}
