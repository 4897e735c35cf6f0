import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deviceChoice, PROVIDER_LABELS } from '../../../contract/device-schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { count, duration } from '../../components/format.ts';
import { useDeviceChoice } from '../../state/device.ts';
import { TRAININGS_QUERY } from '../../state/trainings.ts';
import { stepsPerEpoch, useDraft, usePlan } from './training-plan.ts';

const MEGABYTE = 1e6;

/** Step 3: what it will cost, from a step that was measured here, and what it will be called. */
export function EstimateStep({ isBusy }: { readonly isBusy: boolean }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const { training, modelId, compareModelId, set } = useDraft();
  const plan = usePlan();
  const { report: device, choices: devices, choose } = useDeviceChoice();
  const measured = useQuery({
    queryKey: [
      'training-measure',
      device.data?.choice,
      ...[plan?.recipeName, plan?.startModelId],
      ...[training?.batchSize, training?.optimiser, training?.augmentation],
    ],
    queryFn: () => engine.training.measure(plan!),
    enabled: plan !== undefined && device.data !== undefined && !isBusy,
    staleTime: Infinity,
    retry: false,
  });
  const examined = useQuery({
    queryKey: ['training-examine', plan],
    queryFn: () => engine.training.examine(plan!),
    enabled: plan !== undefined,
    retry: false,
  });
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.models.list() });
  const trained = (models.data ?? []).filter(({ isTrained }) => isTrained).map(({ id }) => id);
  const compared = compareModelId === undefined ? (trained[0] ?? null) : compareModelId;
  const start = useMutation({
    mutationFn: () => engine.training.start({ ...plan!, modelId, compareModelId: compared }),
    onSuccess: async ({ id }) => {
      set({ trainingId: id, step: 'run' });
      await queries.invalidateQueries({ queryKey: TRAININGS_QUERY });
    },
  });
  const parts = examined.data?.report?.parts;
  const steps = parts === undefined || training === undefined ? undefined : stepsPerEpoch(parts.train, training);
  const seconds =
    measured.data === undefined || steps === undefined || training === undefined
      ? undefined
      : measured.data.secondsPerStep * steps * training.epochs;
  const rows = parts === undefined ? 0 : Object.values(parts).reduce((sum, { mc, s }) => sum + mc + s, 0);

  return (
    <>
      <div className="training__body training__columns">
        <div className="training__fields">
          <TextInput
            label="Name of the new model"
            placeholder="letters, digits, . _ -"
            value={modelId}
            onChange={(event) => set({ modelId: event.currentTarget.value })}
          />
          {device.data !== undefined && (
            <Select
              size="xs"
              label="Device"
              description="Tested by a step before it is used"
              data={devices}
              value={device.data.choice}
              allowDeselect={false}
              disabled={isBusy}
              onChange={(value) => choose.mutate(deviceChoice.parse(value))}
            />
          )}
          <Select
            size="xs"
            label="Compare with, on the rows held out"
            data={[{ value: '', label: 'No model' }, ...trained]}
            value={compared ?? ''}
            allowDeselect={false}
            onChange={(id) => set({ compareModelId: id === '' ? null : id })}
          />
        </div>
        <div>
          {measured.isError && <ErrorBox what="No step could be measured" why={sentenceOf(measured.error)} />}
          {isBusy && <p className="training__warning">A training is running. Wait for it or stop it first.</p>}
          {measured.isLoading && <p className="quiet">Measuring a step of this network on this machine…</p>}
          {measured.data !== undefined && (
            <table className="training__table training__table--facts">
              <tbody>
                <tr>
                  <th>Device</th>
                  <td>
                    {PROVIDER_LABELS[measured.data.device.provider]} ({measured.data.device.adapter})
                    {measured.data.device.why !== null && <p className="quiet">{measured.data.device.why}</p>}
                  </td>
                </tr>
                <tr>
                  <th>A step</th>
                  <td>
                    {(measured.data.secondsPerStep * 1000).toPrecision(3)} ms for {training?.batchSize} rows
                  </td>
                </tr>
                <tr>
                  <th>Steps</th>
                  <td>{steps === undefined ? '–' : `${count(steps)} × ${training?.epochs} epochs`}</td>
                </tr>
                <tr>
                  <th>Time</th>
                  <td>{seconds === undefined ? '–' : `about ${duration(seconds)}, and a little for validation`}</td>
                </tr>
                <tr>
                  <th>Memory</th>
                  <td>
                    about {count(Math.round((measured.data.peakBytes + rows * measured.data.bytesPerRow) / MEGABYTE))}{' '}
                    MB
                  </td>
                </tr>
              </tbody>
            </table>
          )}
          {steps === 0 && (
            <p className="training__refusal">The training rows do not fill one step. Take fewer rows per step.</p>
          )}
          {start.isError && <ErrorBox what="The training did not start" why={sentenceOf(start.error)} />}
        </div>
      </div>
      <div className="training__actions">
        <Button onClick={() => set({ step: 'network' })}>Back</Button>
        <Button
          variant="filled"
          disabled={modelId === '' || plan === undefined || isBusy || steps === undefined || steps === 0}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          Train
        </Button>
      </div>
    </>
  );
}
