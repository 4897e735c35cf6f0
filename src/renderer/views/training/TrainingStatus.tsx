import { Button } from '@mantine/core';
import { useField } from '../../state/field.ts';
import { useProgress } from '../../state/progress.ts';
import { useTrainings } from '../../state/trainings.ts';
import { useView } from '../../state/view.ts';

/** In the title bar while a training runs: the way back to it. */
export function TrainingStatus() {
  const isOpen = useField((state) => state.project !== null && state.project !== undefined);
  const latest = useProgress((state) => state.training);
  const setView = useView((state) => state.set);
  const list = useTrainings(isOpen);
  if (!isOpen || !list.data?.trainings.some(({ state }) => state === 'running')) return null;
  const fraction = (latest ?? list.data.progress)?.fraction;
  return (
    <Button variant="subtle" color="gray" onClick={() => setView({ dialog: 'training' })}>
      Training{fraction == null ? '…' : ` ${Math.floor(fraction * 100)} %`}
    </Button>
  );
}
