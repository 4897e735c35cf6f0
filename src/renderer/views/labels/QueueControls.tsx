import { Button, Checkbox, NativeSelect, NumberInput, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { QueueOrder } from '../../../core/labels/queue-order.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { count } from '../../components/format.ts';
import { hinted, useKeyText } from '../../keys/use-key-text.ts';
import type { QueueState } from '../../state/label-queue.ts';
import { useLabelQueue } from '../../state/label-queue.ts';
import { useLabels } from '../../state/labels.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { usePaintedState } from '../../state/painted.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useLabelActs } from './label-acts.ts';

const ORDERS: readonly { readonly value: QueueOrder; readonly label: string }[] = [
  { value: 'uncertainty', label: 'Most uncertain first' },
  { value: 'score', label: 'Highest P(MC) first' },
  { value: 'disagreement', label: 'Where two runs differ most' },
  { value: 'random', label: 'Random' },
  { value: 'selection', label: 'As the table lists them' },
];

/** Which sources are asked for, and how far the queue is. */
export function QueueControls() {
  const acts = useLabelActs();
  const keyText = useKeyText();
  const choice = useLabelQueue((state) => state.choice);
  const setChoice = useLabelQueue((state) => state.setChoice);
  const isOpen = useLabelQueue((state) => state.rows !== undefined);
  const goldCount = useLabels((state) => state.goldCount);
  const listed = useListedRows((state) => state.rows);
  const shownRunId = usePredictions((state) => state.columns?.runId);
  const engine = useEngine();
  const runs = useQuery({
    queryKey: ['label-runs', shownRunId],
    queryFn: () => engine.labels.runs(),
    enabled: choice.order === 'disagreement',
  });
  const others = (runs.data ?? []).filter(({ id }) => id !== shownRunId);
  const lacksRun = choice.order === 'disagreement' && choice.otherRunId === undefined;

  return (
    <section className="labels__part" aria-label="Queue">
      <ChoiceSelect label="Ask for" choices={ORDERS} value={choice.order} onChoose={(order) => setChoice({ order })} />
      {choice.order === 'random' && (
        <NumberInput
          size="xs"
          label="Seed: the same one gives the same order"
          min={0}
          max={0xffffffff}
          allowDecimal={false}
          value={choice.seed}
          onChange={(value) => {
            if (typeof value === 'number') setChoice({ seed: value });
          }}
        />
      )}
      {choice.order === 'disagreement' &&
        (others.length === 0 ? (
          <p className="small quiet">
            {runs.isPending ? ' ' : 'There is no other finished run: classify with another model to compare.'}
          </p>
        ) : (
          <NativeSelect
            size="xs"
            label="Compared with"
            value={String(choice.otherRunId ?? '')}
            data={[
              { value: '', label: 'Choose a run' },
              ...others.map(({ id, modelId }) => ({ value: String(id), label: `Run ${id}, ${modelId}` })),
            ]}
            onChange={(event) =>
              setChoice({
                otherRunId: event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value),
              })
            }
          />
        ))}
      <Checkbox
        size="xs"
        label="Those I labelled, again"
        checked={choice.includesLabelled}
        onChange={(event) => setChoice({ includesLabelled: event.currentTarget.checked })}
      />
      {goldCount > 0 && (
        <Checkbox
          size="xs"
          label={`Mix in ${count(goldCount)} of known answer`}
          checked={choice.includesGold}
          onChange={(event) => setChoice({ includesGold: event.currentTarget.checked })}
        />
      )}
      <div className="labels__buttons">
        <Button id="begin-queue" variant="filled" disabled={lacksRun} onClick={() => acts.begin([...(listed ?? [])])}>
          {isOpen ? 'Begin again' : 'Begin'}
        </Button>
        {isOpen && (
          <>
            <Button
              aria-label="Previous source"
              title={hinted('Previous source', keyText('queue-previous'))}
              onClick={() => acts.step(-1)}
            >
              ←
            </Button>
            <Button
              aria-label="Next source"
              title={hinted('Next source', keyText('queue-next'))}
              onClick={() => acts.step(1)}
            >
              →
            </Button>
          </>
        )}
      </div>
      <QueueProgress />
    </section>
  );
}

const queueOf = (queue: QueueState): QueueState => queue;

function QueueProgress() {
  const order = useLabelQueue((state) => state.choice.order);
  // After the source itself.
  const { rows, position, total } = usePaintedState(useLabelQueue, queueOf);
  if (rows === undefined) {
    return (
      <p className="small quiet">
        Sources come one after the other; a digit labels and goes on.{' '}
        {order === 'selection' ? 'Those' : 'SISG and those'} without a picture are left out.
      </p>
    );
  }
  if (rows.length === 0) return <p className="small">Nothing is left to label in this order.</p>;
  if (position >= rows.length) {
    return <p className="small">{total > rows.length ? 'These are done: begin again for more.' : 'All are done.'}</p>;
  }
  return (
    <div>
      <Progress
        size={4}
        aria-label="Place in the queue"
        value={(100 * position) / rows.length}
        styles={{ section: { transition: 'none' } }}
      />
      <span className="small quiet">
        {count(position + 1)} of {count(rows.length)}
        {total > rows.length && `, the first of ${count(total)}`}
      </span>
    </div>
  );
}
