import type { TrainingProgressMessage } from '../../../contract/training.ts';

/** What a running training does, in words. */
export function stageWords(progress: TrainingProgressMessage | undefined, epochs: number): string {
  switch (progress?.stage) {
    case 'reading-cutouts':
      return 'reading pixels';
    case 'training':
      return progress.step === 0
        ? 'checking which kernels this machine has'
        : `epoch ${progress.epoch} of ${epochs}, step ${progress.step} of ${progress.stepCount}`;
    case 'testing':
      return 'judging the rows held out';
    case undefined:
      return 'starting';
  }
}
