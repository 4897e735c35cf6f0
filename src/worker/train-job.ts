import type { ExamineJob, MeasureJob, TrainJob } from '../contract/train-messages.ts';
import type { FromWorker } from '../contract/worker-messages.ts';
import { loadModel } from '../services/model-store/load-model.ts';
import { preflightDataSet } from '../services/trainer/data-set.ts';
import { heldOutRows } from '../services/trainer/held-out.ts';
import { measureStep } from '../services/trainer/measure-step.ts';
import { trainModel } from '../services/trainer/train-model.ts';

/** Steps are told at most this often [ms]: a small network takes hundreds a second. */
const STEP_INTERVAL_MS = 200;

type Send = (message: FromWorker) => void;

/** Trains a model, telling every epoch after its checkpoint is on the disk. */
export async function runTrainJob(job: TrainJob, send: Send, signal: AbortSignal): Promise<void> {
  const { jobId, startFolder, compareFolder } = job;
  const compare = compareFolder === undefined ? undefined : await loadModel(compareFolder, []);
  let toldAt = -Infinity;
  let cutouts = 1;
  await trainModel({
    recipe: job.recipe,
    training: job.training,
    fields: job.fields,
    testFields: [],
    start: startFolder === undefined ? undefined : await loadModel(startFolder, []),
    compare: [],
    trainedOn: job.trainedOn,
    outFolder: job.outFolder,
    device: job.device,
    resume: true,
    finishNow: job.finishNow,
    softwareVersion: job.softwareVersion,
    createdAt: job.createdAt,
    command: 'trained in the window',
    signal,
    listener: {
      onStage: (stage, total) => {
        cutouts = total;
        send({ kind: 'train-stage', jobId, stage, fraction: null });
      },
      onCutout: (done) => {
        if (!isDue()) return;
        send({ kind: 'train-stage', jobId, stage: 'reading-cutouts', fraction: done / cutouts });
      },
      onStep: ({ epoch, step, stepCount, loss }) => {
        if (isDue()) send({ kind: 'train-step', jobId, epoch, step, stepCount, loss });
      },
      onDeviceFailed: (why) => send({ kind: 'train-device-failed', jobId, why }),
      onEpoch: (metrics) => send({ kind: 'train-epoch', jobId, metrics }),
      onTrained: async (trained) => {
        const heldOut = await heldOutRows(trained, job.fields, compare);
        const threshold = { before: compare?.description.threshold ?? null, now: trained.model.threshold };
        send({ kind: 'train-result', jobId, modelId: trained.model.id, heldOut, threshold });
      },
    },
  });

  function isDue(): boolean {
    const now = performance.now();
    if (now - toldAt < STEP_INTERVAL_MS) return false;
    toldAt = now;
    return true;
  }
}

export async function runExamineJob({ jobId, fields, recipe, training }: ExamineJob, send: Send): Promise<void> {
  send({ kind: 'data-examined', jobId, found: await preflightDataSet(fields, recipe, training) });
}

export async function runMeasureJob({ jobId, recipe, training, provider }: MeasureJob, send: Send): Promise<void> {
  send({ kind: 'step-measured', jobId, ...(await measureStep(recipe, training, provider)) });
}
