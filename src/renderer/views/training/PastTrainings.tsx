import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TrainingSummary } from '../../../contract/training.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { TRAININGS_QUERY } from '../../state/trainings.ts';
import { useDraft } from './training-plan.ts';

interface PastTrainingsProps {
  readonly trainings: readonly TrainingSummary[];
  readonly shownId: number | undefined;
}

const WORDS = { running: 'running', stopped: 'stopped', failed: 'ended early', complete: 'finished' } as const;

/** The trainings of this project, newest first; nothing where there is none. */
export function PastTrainings({ trainings, shownId }: PastTrainingsProps) {
  const engine = useEngine();
  const queries = useQueryClient();
  const set = useDraft((state) => state.set);
  const remove = useMutation({
    mutationFn: (id: number) => engine.training.remove({ id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: TRAININGS_QUERY }),
    onError: (error: unknown) => notifyError('The training was not removed', error),
  });
  if (trainings.length === 0) return null;
  return (
    <div className="training__past">
      <span className="quiet small">Trainings of this project</span>
      {[...trainings].reverse().map(({ id, modelId, state }) => (
        <span key={id} className="training__past-entry">
          <Button
            variant={id === shownId ? 'light' : 'subtle'}
            color="gray"
            onClick={() => set({ trainingId: id, step: state === 'complete' ? 'result' : 'run' })}
          >
            {modelId} · {WORDS[state]}
          </Button>
          {id === shownId && state !== 'running' && (
            <Button
              variant="subtle"
              color="gray"
              title="Removes the training from this list; its model stays"
              loading={remove.isPending}
              onClick={() => remove.mutate(id)}
            >
              Remove
            </Button>
          )}
        </span>
      ))}
    </div>
  );
}
