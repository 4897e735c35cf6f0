import { Button, Modal, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useEngine } from '../../api/engine-context.tsx';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { useView } from '../../state/view.ts';
import { useTrainings } from '../../state/trainings.ts';
import { DataStep } from './DataStep.tsx';
import { EstimateStep } from './EstimateStep.tsx';
import { NetworkStep } from './NetworkStep.tsx';
import { PastTrainings } from './PastTrainings.tsx';
import { ResultStep } from './ResultStep.tsx';
import { RunStep } from './RunStep.tsx';
import type { Step } from './training-plan.ts';
import { STEPS, useDraft } from './training-plan.ts';
import './training.css';

const TITLES: Readonly<Record<Step, string>> = {
  data: 'Data and labels',
  network: 'Recipe and network',
  estimate: 'Time and memory',
  run: 'Training',
  result: 'Old against new',
};

/** Trains a model in five steps. Closing it leaves a training going; opening it again finds it. */
export function TrainingDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const { step, trainingId, training, set, choosePreset } = useDraft();
  const presets = useQuery({ queryKey: ['training-presets'], queryFn: () => engine.training.presets() });
  const list = useTrainings();
  const trainings = list.data?.trainings;
  const running = trainings?.find(({ state }) => state === 'running');

  useEffect(() => {
    const first = presets.data?.find(({ recipeName }) => recipeName === 'compact');
    if (training === undefined && first !== undefined) choosePreset(first);
  }, [training, presets.data, choosePreset]);
  // What is going on is what somebody who opens the dialog wants to see.
  const runningId = running?.id;
  useEffect(() => {
    if (runningId !== undefined && trainingId === undefined) set({ trainingId: runningId, step: 'run' });
  }, [runningId, trainingId, set]);

  const shown = trainings?.find(({ id }) => id === trainingId);
  const failure = presets.error ?? list.error;
  return (
    <Modal
      opened
      onClose={() => setView({ dialog: undefined })}
      title="Train a model"
      size={1080}
      padding={0}
      styles={{ header: { padding: '8px 12px', minHeight: 40 } }}
    >
      <div className="training">
        <div className="training__steps">
          <Stepper
            active={STEPS.indexOf(step)}
            size="xs"
            iconSize={22}
            onStepClick={(index) => set({ step: STEPS[index]! })}
          >
            {STEPS.map((name) => (
              <Stepper.Step
                key={name}
                label={TITLES[name]}
                allowStepSelect={shown === undefined ? STEPS.indexOf(name) < 3 : true}
              />
            ))}
          </Stepper>
        </div>
        {failure !== null && <ErrorBox what="The engine did not answer" why={sentenceOf(failure)} />}
        {step === 'data' && <DataStep />}
        {step === 'network' && <NetworkStep presets={presets.data ?? []} />}
        {step === 'estimate' && <EstimateStep isBusy={running !== undefined} />}
        {step === 'run' && shown !== undefined && <RunStep training={shown} />}
        {step === 'result' && shown !== undefined && <ResultStep training={shown} />}
        {(step === 'run' || step === 'result') && shown === undefined && (
          <div className="training__body training__empty">
            <p>Choose a training, or plan a new one.</p>
            <Button onClick={() => set({ step: 'data' })}>Plan a training</Button>
          </div>
        )}
        <PastTrainings trainings={trainings ?? []} shownId={shown?.id} />
      </div>
    </Modal>
  );
}
