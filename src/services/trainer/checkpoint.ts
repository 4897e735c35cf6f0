import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import { parameterSize } from '../../core/network/parameter-tensors.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import type { OptimiserState } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';

/**
 * Which training it is. Randomness is counted from the seed of `training` and the number of the epoch, so seed and
 * history are the whole state of the random numbers.
 */
export interface TrainingIdentity {
  readonly recipe: Recipe;
  readonly training: TrainingRecipe;
  /** SHA-256 over the training files. */
  readonly dataSha256: string;
  /** SHA-256 of the weights that it began with; null where they were drawn. */
  readonly startSha256: string | null;
}

/** What a training must remember to go on after being killed between two epochs. */
export interface Checkpoint {
  /** A checkpoint of another training is not used. */
  readonly identity: TrainingIdentity;
  readonly history: readonly EpochMetrics[];
  readonly weights: Float32Array;
  /** Weights of the best epoch so far. */
  readonly bestWeights: Float32Array;
  readonly optimiser: OptimiserState;
  /** Wall time of the epochs in `history`, over every start [s]; undefined where an older program wrote it. */
  readonly wallSeconds: number | undefined;
}

interface StoredIdentity extends Omit<TrainingIdentity, 'training'> {
  readonly training: Omit<TrainingRecipe, 'withheldFeatures'> & Partial<TrainingRecipe>;
}

interface CheckpointHeader {
  readonly version: 2;
  readonly identity: StoredIdentity;
  /** NaN, which JSON does not have, as null. */
  readonly history: readonly Record<keyof EpochMetrics, number | null>[];
  readonly stepCount: number;
  readonly wallSeconds?: number | undefined;
  readonly arrayLength: number;
  readonly arrayCount: number;
}

/** Bytes of the first field: the length of the JSON header. */
const LENGTH_BYTES = 4;

/**
 * Writes a checkpoint: a 32-bit length, that many bytes of JSON padded to a multiple of four, then the arrays as
 * float32, little-endian: weights, best weights, the optimiser's moments. The old one stays until the new one is whole.
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const arrays = [checkpoint.weights, checkpoint.bestWeights, ...checkpoint.optimiser.moments];
  const header: CheckpointHeader = {
    version: 2,
    identity: checkpoint.identity,
    history: checkpoint.history,
    stepCount: checkpoint.optimiser.stepCount,
    wallSeconds: checkpoint.wallSeconds,
    arrayLength: checkpoint.weights.length,
    arrayCount: arrays.length,
  };
  const json = JSON.stringify(header);
  const text = Buffer.from(json + ' '.repeat((4 - (Buffer.byteLength(json) % 4)) % 4));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  await writeAtomically(
    path,
    // eslint-disable-next-line @typescript-eslint/require-await -- writeAtomically takes asynchronous pieces only
    (async function* () {
      yield length;
      yield text;
      for (const array of arrays) yield new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    })(),
  );
}

/**
 * Reads the checkpoint at that path; undefined where there is none.
 * @throws DomainFailure 'checkpoint-invalid' where it is damaged or belongs to another training
 */
export async function readCheckpoint(
  path: string,
  identity: TrainingIdentity,
  network: NetworkDescription,
): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined;
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'checkpoint-invalid', path, why });
  };
  const bytes = await readFile(path);
  const headerLength = bytes.length < LENGTH_BYTES ? Infinity : bytes.readUInt32LE(0);
  const headerEnd = LENGTH_BYTES + headerLength;
  if (headerEnd > bytes.length) return refuse('is cut short');
  const header = headerOf(bytes.toString('utf8', LENGTH_BYTES, headerEnd));
  if (header?.version !== 2) return refuse('is damaged or of another version');
  if (!isDeepStrictEqual(withLaterSettings(header.identity), identity)) {
    return refuse('belongs to a training with other settings or data');
  }
  if (bytes.length !== headerEnd + header.arrayCount * header.arrayLength * 4) return refuse('is cut short');
  if (header.arrayLength !== parameterSize(network) || header.arrayCount < 2) return refuse('is damaged');
  const arrays = Array.from({ length: header.arrayCount }, (_, index) => {
    const from = bytes.byteOffset + headerEnd + index * header.arrayLength * 4;
    return new Float32Array(bytes.buffer.slice(from, from + header.arrayLength * 4));
  });
  const [weights, bestWeights, ...moments] = arrays;
  return {
    identity,
    history: header.history.map(withNaN),
    weights: weights!,
    bestWeights: bestWeights!,
    optimiser: { stepCount: header.stepCount, moments },
    wallSeconds: header.wallSeconds,
  };
}

function headerOf(json: string): CheckpointHeader | undefined {
  try {
    return JSON.parse(json) as CheckpointHeader;
  } catch {
    return undefined;
  }
}

function withNaN(epoch: Record<keyof EpochMetrics, number | null>): EpochMetrics {
  const entries = Object.entries(epoch).map(([name, value]) => [name, value ?? Number.NaN]);
  return Object.fromEntries(entries) as EpochMetrics;
}

export async function removeCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** A training of a program that did not know a setting yet went on as if it were this. */
function withLaterSettings(identity: StoredIdentity): TrainingIdentity {
  return { ...identity, training: { withheldFeatures: 0, ...identity.training } };
}
