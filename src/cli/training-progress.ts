import type { TrainModelListener } from '../services/trainer/train-model.ts';
import type { CommandIo, ProgressBar } from './io.ts';

/** Progress on standard error: a bar within an epoch and one line after it. */
export class TerminalListener implements TrainModelListener {
  readonly #io: CommandIo;
  #bar: ProgressBar | undefined;
  #epochs = 0;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  onStage(stage: 'reading-cutouts' | 'training' | 'testing', total: number): void {
    this.stop();
    if (stage === 'reading-cutouts') this.#bar = this.#io.progress('Reading cutouts', total);
    if (stage === 'training') this.#epochs = total;
    if (stage === 'testing' && total > 0) this.#io.note(`Testing on ${total} fields.`);
  }

  onCutout(done: number): void {
    this.#bar?.update(done);
  }

  onCounts({ train, validation }: Parameters<NonNullable<TrainModelListener['onCounts']>>[0]): void {
    this.stop();
    this.#io.note(
      `Training on ${train.mc} MC and ${train.s} S rows, validating on ${validation.mc} and ${validation.s}.`,
    );
  }

  onStep({ epoch, step, stepCount }: Parameters<NonNullable<TrainModelListener['onStep']>>[0]): void {
    this.#bar ??= this.#io.progress('Training', stepCount * this.#epochs);
    this.#bar.update((epoch - 1) * stepCount + step, `epoch ${epoch}/${this.#epochs}`);
  }

  onEpoch(metrics: Parameters<NonNullable<TrainModelListener['onEpoch']>>[0]): void {
    this.stop();
    const { epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy, validationAuc } = metrics;
    this.#io.note(
      `epoch ${epoch}/${this.#epochs}: train loss ${trainLoss.toFixed(4)} accuracy ${trainAccuracy.toFixed(3)}; ` +
        `validation loss ${validationLoss.toFixed(4)} accuracy ${validationAccuracy.toFixed(3)} ` +
        `ROC AUC ${validationAuc.toFixed(4)}`,
    );
  }

  onDeviceFailed(why: string): void {
    this.stop();
    this.#io.note(`The device failed: ${why}. The CPU goes on from the same step.`);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
