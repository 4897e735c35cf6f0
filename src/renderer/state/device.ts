import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeviceChoice } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import { useEngine } from '../api/engine-context.tsx';
import { notifyError } from '../api/notify.ts';

/** Under this key the window keeps what the engine says of devices: they are tested during a run's start. */
export const DEVICE_QUERY = ['device'] as const;

const labelOf = (choice: DeviceChoice): string => (choice === 'auto' ? 'Automatic' : PROVIDER_LABELS[choice]);

/** The machine's devices, and how to choose among them for runs and trainings to come. */
export function useDeviceChoice() {
  const engine = useEngine();
  const queries = useQueryClient();
  const report = useQuery({ queryKey: DEVICE_QUERY, queryFn: () => engine.device.report() });
  const choose = useMutation({
    mutationFn: (choice: DeviceChoice) => engine.device.choose({ choice }),
    onSuccess: (answer) => queries.setQueryData(DEVICE_QUERY, answer),
    onError: (error) => notifyError('The device was not changed', error),
  });
  const choices = (['auto', ...(report.data?.present ?? [])] as const).map((value) => ({
    value,
    label: labelOf(value),
  }));
  return { report, choices, choose };
}
