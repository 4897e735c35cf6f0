import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TrainingResult, TrainingSummary } from '../../../contract/training.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { count } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { ChangedSides } from './ChangedSides.tsx';

/** Step 5: old against new on rows that neither the weights nor the choice of the epoch have seen; promote or keep. */
export function ResultStep({ training }: { readonly training: TrainingSummary }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const result = useQuery({
    queryKey: ['training-result', training.id, training.state],
    queryFn: () => engine.training.result({ id: training.id }),
  });
  const preferred = useQuery({ queryKey: ['preferred-model'], queryFn: () => engine.models.preferred() });
  const settle = {
    onSuccess: () => queries.invalidateQueries(),
    onError: (error: unknown) => notifyError('The default model was not changed', error),
  };
  const promote = useMutation({ mutationFn: () => engine.models.promote({ modelId: training.modelId }), ...settle });
  const rollBack = useMutation({ mutationFn: () => engine.models.rollBack(), ...settle });
  const run = useMutation({
    mutationFn: () => engine.run.start({ modelId: training.modelId }),
    onError: (error: unknown) => notifyError('The run did not start', error),
  });
  const isDefault = preferred.data?.modelId === training.modelId;

  return (
    <>
      <div className="training__body training__columns training__columns--result">
        {result.isError && <ErrorBox what="The result cannot be shown" why={sentenceOf(result.error)} />}
        {result.data === null && <p className="quiet">There is a result when the training is finished.</p>}
        {result.data != null && (
          <>
            <Comparison result={result.data} training={training} />
            <ChangedSides flipped={result.data.flipped} />
          </>
        )}
      </div>
      <div className="training__actions">
        <span className="quiet small training__default">
          {preferred.data?.modelId != null && `Used by default: ${preferred.data.modelId}`}
        </span>
        {(preferred.data?.promoted.length ?? 0) > 0 && (
          <Button loading={rollBack.isPending} onClick={() => rollBack.mutate()}>
            Take the last promotion back
          </Button>
        )}
        {training.state === 'complete' && (
          <Button loading={run.isPending} onClick={() => run.mutate()}>
            Classify the field with it
          </Button>
        )}
        {training.state === 'complete' && (
          <Button variant="filled" disabled={isDefault} loading={promote.isPending} onClick={() => promote.mutate()}>
            {isDefault ? 'It is the default' : 'Promote to default'}
          </Button>
        )}
      </div>
    </>
  );
}

interface ComparisonProps {
  readonly result: TrainingResult;
  readonly training: TrainingSummary;
}

function Comparison({ result, training }: ComparisonProps) {
  const { metrics, mcNemar, noIntervals, mayHaveSeen, mcRows, sRows } = result;
  const old = training.compareModelId;
  return (
    <div>
      <p>
        {count(mcRows)} MC and {count(sRows)} S rows were held out, balanced as those that were learned from.
      </p>
      <table className="training__table">
        <thead>
          <tr>
            <th />
            {old !== null && <th className="cut">{old}</th>}
            <th className="cut">{training.modelId}</th>
            {old !== null && <th>{noIntervals === null ? 'difference (95 %)' : 'difference'}</th>}
          </tr>
        </thead>
        <tbody>
          {metrics.map(({ name, before, now, difference }) => (
            <tr key={name}>
              <th>{name}</th>
              {old !== null && <td>{fixed(before)}</td>}
              <td>{fixed(now)}</td>
              {old !== null && <td>{difference === null ? '–' : intervalWords(difference)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {noIntervals !== null && <p className="quiet small">The differences have no interval: {noIntervals}.</p>}
      {mcNemar !== null && (
        <p>
          Rows on which only {old} is right: {count(mcNemar.onlyBefore)}; only {training.modelId}:{' '}
          {count(mcNemar.onlyNow)}.{' '}
          {mcNemar.pValue === null
            ? 'They do not differ.'
            : `If both were equally good, a split this uneven would happen with probability ${mcNemar.pValue.toPrecision(2)} (McNemar).`}
        </p>
      )}
      {mayHaveSeen && (
        <p className="training__warning">
          <Icon name="warning" /> {old} was trained on this field: it may have seen the rows held out, and looks better
          than it is.
        </p>
      )}
    </div>
  );
}

const fixed = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

function intervalWords({ value, low, high }: { value: number; low: number | null; high: number | null }): string {
  return low === null || high === null ? signed(value) : `${signed(value)} (${signed(low)} to ${signed(high)})`;
}
