import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import { refuseCancelled } from '../threads/in-turn.ts';
import { writeAtomically } from '../fits-files/atomic-write.ts';
import { heldOutRows } from '../trainer/held-out.ts';
import type { TrainModelListener } from '../trainer/train-model.ts';
import { trainModel } from '../trainer/train-model.ts';
import type { TrainingField } from '../trainer/training-fields.ts';
import { sha256OfFields } from '../trainer/training-fields.ts';
import type { PlannedRun } from './experiment-file.ts';

const undefinedAsNaN = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const partCounts = z.object({ mc: z.number(), s: z.number() });
const epoch = z.object({
  epoch: z.number(),
  trainLoss: undefinedAsNaN,
  trainAccuracy: undefinedAsNaN,
  trainPrecision: undefinedAsNaN,
  trainRecall: undefinedAsNaN,
  validationLoss: undefinedAsNaN,
  validationAccuracy: undefinedAsNaN,
  validationPrecision: undefinedAsNaN,
  validationRecall: undefinedAsNaN,
  validationF1: undefinedAsNaN,
  validationAuc: undefinedAsNaN,
}) satisfies z.ZodType<EpochMetrics>;

/** What a training of an experiment gave, as it is kept. */
const runResult = z.object({
  version: z.literal(1),
  /** SHA-256 over recipe, settings and data: a result of another training is not used. */
  identity: z.string(),
  parameterCount: z.number(),
  counts: z.object({ train: partCounts, validation: partCounts, test: partCounts }),
  history: z.array(epoch).min(1),
  heldOut: z.array(z.object({ isMc: z.boolean(), group: z.number(), now: z.number() })),
});
export type RunResult = z.infer<typeof runResult>;

export interface FinishedRun {
  readonly run: PlannedRun;
  readonly result: RunResult;
}

export interface ExperimentRequest {
  readonly runs: readonly PlannedRun[];
  readonly fields: readonly TrainingField[];
  /** Gets `runs/ID.json` and `models/ID/`. */
  readonly outFolder: string;
  readonly trainedOn: string;
  readonly threads?: number | undefined;
  readonly softwareVersion: string;
  readonly now: () => Date;
  readonly command: string;
  readonly signal?: AbortSignal | undefined;
  /** Told before each training that is not there yet. */
  onRun(run: PlannedRun, index: number): TrainModelListener;
  /** Told after each training, and of each that was there; what there is so far. */
  onFinished(finished: readonly FinishedRun[]): Promise<void>;
}

/**
 * Carries out the trainings that are not there yet, one after the other. Killed at any moment and started again, it loses
 * an epoch at most: each training keeps its checkpoint, and what is finished is not done again.
 * @throws DomainFailure 'cancelled' when stopped, those of `trainModel`
 */
export async function runExperiment(request: ExperimentRequest): Promise<FinishedRun[]> {
  const { runs, fields, outFolder } = request;
  await mkdir(join(outFolder, 'runs'), { recursive: true });
  const dataSha256 = await sha256OfFields(fields);
  const finished: FinishedRun[] = [];
  for (const [index, run] of runs.entries()) {
    const identity = identityOf(run, dataSha256);
    const path = join(outFolder, 'runs', `${run.id}.json`);
    let result = await keptResult(path, identity);
    if (result === undefined) {
      result = await carryOut(request, run, identity, request.onRun(run, index));
      await writeAtomically(path, `${JSON.stringify(result)}\n`);
    }
    finished.push({ run, result });
    await request.onFinished(finished);
  }
  return finished;
}

const identityOf = ({ recipe, training }: PlannedRun, dataSha256: string): string =>
  createHash('sha256').update(JSON.stringify({ recipe, training, dataSha256 })).digest('hex');

/** What is kept of that very training; undefined where there is nothing, or something else. */
async function keptResult(path: string, identity: string): Promise<RunResult | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const parsed = runResult.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success && parsed.data.identity === identity ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function carryOut(
  request: ExperimentRequest,
  run: PlannedRun,
  identity: string,
  listener: TrainModelListener,
): Promise<RunResult> {
  const modelFolder = join(request.outFolder, 'models', run.id);
  // A model without a result: killed between the two. Its checkpoint is still there and gives both again.
  await rm(modelFolder, { recursive: true, force: true });
  const history: EpochMetrics[] = [];
  let found: Pick<RunResult, 'counts' | 'heldOut'> | undefined;
  const { parameterCount } = await trainModel({
    recipe: run.recipe,
    training: run.training,
    fields: request.fields,
    testFields: [],
    compare: [],
    trainedOn: request.trainedOn,
    outFolder: modelFolder,
    // Named after the training, so that a changed experiment does not meet the checkpoint of the one before.
    checkpointPath: `${modelFolder}-${identity.slice(0, 12)}.checkpoint`,
    resume: true,
    threads: request.threads,
    softwareVersion: request.softwareVersion,
    createdAt: request.now().toISOString(),
    command: request.command,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    listener: {
      onStage: (stage, total) => listener.onStage?.(stage, total),
      onCutout: (done) => listener.onCutout?.(done),
      onCounts: (counts) => listener.onCounts?.(counts),
      onStep: (done) => listener.onStep?.(done),
      onEpoch: (metrics) => {
        history.push(metrics);
        listener.onEpoch?.(metrics);
      },
      onTrained: async (trained) => {
        // Stopped before its last epoch: it goes on from its checkpoint another time.
        refuseCancelled(request.signal);
        const heldOut = await heldOutRows(trained, request.fields, undefined);
        const { counts } = trained.set;
        found = { counts, heldOut: heldOut.map(({ isMc, group, now }) => ({ isMc, group, now })) };
      },
    },
  });
  return { version: 1, identity, parameterCount, history, ...found! };
}
