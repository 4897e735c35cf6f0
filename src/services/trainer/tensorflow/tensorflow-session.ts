import type { Tensor } from '@tensorflow/tfjs';
import type { NetworkDescription } from '../../../core/network/network-description.ts';
import { moveTowards } from '../../../core/network/normalisation.ts';
import { isTrainable } from '../../../core/network/parameter-tensors.ts';
import type { Parameters } from '../../../core/network/parameters.ts';
import { DomainFailure } from '../../../core/result/failure.ts';
import { reasonIn } from '../../../core/result/message-of.ts';
import { EQUAL_WEIGHTS, weightedTargets } from '../../../core/training/class-weights.ts';
import { orOutOfMemory } from '../memory.ts';
import type { LabelledInput, TrainingSession, TrainingSessionOptions, TrainingStep } from '../training-session.ts';
import { dropoutMasks } from './dropout-masks.ts';
import type { TensorFlow } from './tensorflow-network.ts';
import { logitsOf } from './tensorflow-network.ts';

/** Those of onnxruntime's sessions that say what is computed, and not how. */
export type TensorFlowOptions = Pick<
  TrainingSessionOptions,
  'rowCount' | 'hasDropout' | 'dropoutSeed' | 'classWeights'
>;

/** Longest reason that is shown: TensorFlow names every node on the way. */
const LONGEST = 200;

/**
 * A training session with the contract of `openTrainingSession`, its gradients by TensorFlow's automatic differentiation:
 * `parameters` are read in place at every step and `gradients` written in place, running averages move and have gradient
 * 0. Dropout drops other values than onnxruntime's for the same seed, but the same ones every time. After a step nothing is
 * held on the device; a step that throws may leave what it made, and the session is not to be used again.
 * @throws in a step: RangeError for a batch of another size; DomainFailure 'memory-insufficient' where this process has
 * no memory left, 'device-failed' for whatever else TensorFlow throws, memory of the card included: the CPU can go on
 */
export function openTensorFlowSession(
  tf: TensorFlow,
  network: NetworkDescription,
  parameters: Parameters,
  gradients: Parameters,
  options: TensorFlowOptions,
): Promise<TrainingSession> {
  const { rowCount, hasDropout, dropoutSeed = 1, classWeights = EQUAL_WEIGHTS } = options;
  const what = `a training step of ${rowCount} rows of network ${network.id}`;
  const drawMask = hasDropout ? dropoutMasks(dropoutSeed) : undefined;
  const trained = parameters.tensors.filter(isTrainable);

  const step = (batch: LabelledInput): TrainingStep => {
    const statistics: { readonly name: string; readonly ofBatch: Float32Array }[] = [];
    let probabilities = new Float32Array(0);
    const lossOf = (...values: Tensor[]) => {
      const byName = new Map(trained.map(({ name }, index) => [name, values[index]!]));
      const onBatchStatistic = (name: string, ofBatch: Float32Array): void => void statistics.push({ name, ofBatch });
      const pass = { tf, weights: (name: string) => byName.get(name)!, drawMask, onBatchStatistic };
      const logProbabilities = logitsOf(pass, network, batch).logSoftmax();
      // Read here: what the pass made is gone when the gradients are there.
      const both = logProbabilities.dataSync<'float32'>();
      probabilities = Float32Array.from({ length: rowCount }, (_, row) => Math.exp(both[row * 2 + 1]!));
      const targets = tf.tensor2d(weightedTargets(batch.isMc, classWeights), [rowCount, 2]);
      return logProbabilities.mul(targets).sum().div(-rowCount).asScalar();
    };
    const loss = tf.tidy(() => {
      const values = trained.map(({ name, shape }) => tf.tensor(parameters.view(name), [...shape]));
      const { value, grads } = tf.valueAndGrads(lossOf)(values);
      trained.forEach(({ name }, index) => gradients.view(name).set(grads[index]!.dataSync<'float32'>()));
      return value.dataSync<'float32'>()[0]!;
    });
    for (const { name, ofBatch } of statistics) moveTowards(parameters.view(name), ofBatch);
    return { loss, probabilities };
  };

  return Promise.resolve({
    async computeGradients(batch) {
      if (batch.rowCount !== rowCount) throw new RangeError(`${batch.rowCount} rows for a session of ${rowCount}`);
      try {
        return await orOutOfMemory(what, () => step(batch));
      } catch (thrown) {
        if (thrown instanceof DomainFailure) throw thrown;
        throw new DomainFailure(
          { kind: 'device-failed', device: 'TensorFlow', why: reasonIn(thrown).slice(0, LONGEST) },
          { cause: thrown },
        );
      }
    },
    close: () => Promise.resolve(),
  });
}
