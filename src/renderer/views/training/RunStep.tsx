import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TrainingSummary } from '../../../contract/training.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { duration } from '../../components/format.ts';
import { useProgress } from '../../state/progress.ts';
import { Curves } from './Curves.tsx';
import { useDraft } from './training-plan.ts';
import { stageWords } from './training-words.ts';

/** Step 4: how it goes. Every epoch that is shown is on the disk. */
export function RunStep({ training }: { readonly training: TrainingSummary }) {
  const engine = useEngine();
  const set = useDraft((state) => state.set);
  const latest = useProgress((state) => state.training);
  const progress = latest?.id === training.id ? latest : undefined;
  const onError = (error: unknown): void => notifyError('The training did not obey', error);
  const stop = useMutation({ mutationFn: () => engine.training.stop(), onError });
  const resume = useMutation({
    mutationFn: (finishNow: boolean) => engine.training.resume({ id: training.id, finishNow }),
    onError,
  });
  const { state, history, epochs, failure } = training;
  const last = history.at(-1);

  return (
    <>
      <div className="training__body">
        <div className="training__progress" role="status">
          <span>
            {training.modelId} · {state === 'running' ? stageWords(progress, epochs) : STATE_WORDS[state]}
          </span>
          <span className="quiet">
            {history.length} of {epochs} epochs kept
            {state === 'running' && progress?.secondsLeft != null && ` · ${duration(progress.secondsLeft)} left`}
          </span>
        </div>
        {state === 'running' && (
          <Progress
            size={3}
            value={(progress?.fraction ?? 1) * 100}
            animated={progress?.fraction == null}
            transitionDuration={0}
            aria-label="Training"
          />
        )}
        {failure !== null && <ErrorBox what="The training ended" why={failure} />}
        {history.length === 0 ? (
          <p className="quiet training__waiting">The curves begin with the first whole epoch.</p>
        ) : (
          <Curves history={history} epochs={epochs} />
        )}
        {last !== undefined && (
          <p className="quiet small">
            Validation after epoch {last.epoch}: accuracy {share(last.validationAccuracy)}, precision{' '}
            {share(last.validationPrecision)}, recall {share(last.validationRecall)}, ROC AUC{' '}
            {share(last.validationAuc)}. The weights of the epoch with the lowest validation loss become the model.
          </p>
        )}
      </div>
      <div className="training__actions">
        {state === 'running' && (
          <Button loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop
          </Button>
        )}
        {(state === 'stopped' || state === 'failed') && history.length > 0 && (
          <Button loading={resume.isPending} onClick={() => resume.mutate(true)}>
            Finish with the best epoch
          </Button>
        )}
        {(state === 'stopped' || state === 'failed') && (
          <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate(false)}>
            Resume
          </Button>
        )}
        {state === 'complete' && (
          <Button variant="filled" onClick={() => set({ step: 'result' })}>
            Result
          </Button>
        )}
      </div>
    </>
  );
}

const STATE_WORDS = { stopped: 'stopped', failed: 'ended early', complete: 'finished' } as const;

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));
