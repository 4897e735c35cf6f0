import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { DomainFailure } from '../../core/result/failure.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import type { OptimiserState } from '../../core/training/optimiser.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';

/** What a training must remember to go on after being killed between two epochs. */
export interface Checkpoint {
  /** Says which training it is: network, recipes and data. A checkpoint of another one is not used. */
  readonly fingerprint: string;
  readonly history: readonly EpochMetrics[];
  readonly weights: Float32Array;
  /** Weights of the best epoch so far. */
  readonly bestWeights: Float32Array;
  readonly optimiser: OptimiserState;
}

interface CheckpointHeader {
  readonly version: 1;
  readonly fingerprint: string;
  readonly history: readonly EpochMetrics[];
  readonly stepCount: number;
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
    version: 1,
    fingerprint: checkpoint.fingerprint,
    history: checkpoint.history,
    stepCount: checkpoint.optimiser.stepCount,
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
 * @throws DomainFailure 'training-data-insufficient' where it is damaged or belongs to another training
 */
export async function readCheckpoint(path: string, fingerprint: string): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined;
  const refuse = (why: string): never => {
    throw new DomainFailure({
      kind: 'training-data-insufficient',
      why: `the checkpoint ${path} ${why}; remove it to start over`,
    });
  };
  const bytes = await readFile(path);
  const headerLength = bytes.length < LENGTH_BYTES ? Infinity : bytes.readUInt32LE(0);
  const headerEnd = LENGTH_BYTES + headerLength;
  if (headerEnd > bytes.length) refuse('is cut short');
  const header = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, headerEnd)) as CheckpointHeader;
  if (header.fingerprint !== fingerprint) refuse('belongs to a training with other settings or data');
  if (bytes.length !== headerEnd + header.arrayCount * header.arrayLength * 4) refuse('is cut short');
  const arrays = Array.from({ length: header.arrayCount }, (_, index) => {
    const from = bytes.byteOffset + headerEnd + index * header.arrayLength * 4;
    return new Float32Array(bytes.buffer.slice(from, from + header.arrayLength * 4));
  });
  const [weights, bestWeights, ...moments] = arrays;
  return {
    fingerprint,
    history: header.history,
    weights: weights!,
    bestWeights: bestWeights!,
    optimiser: { stepCount: header.stepCount, moments },
  };
}

export async function removeCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
}
