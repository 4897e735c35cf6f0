import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FieldPlan } from './field-plan.ts';
import { simulateField } from './simulate-field.ts';
import type { FieldFiles } from './write-field.ts';
import { writeField } from './write-field.ts';

/** A field that lies in its folder. */
export interface WrittenField {
  readonly plan: FieldPlan;
  readonly rowCount: number;
  readonly files: FieldFiles;
}

/** Told how far each field is [0..1]; those that are made at once speak in any order. */
export type FieldProgress = (field: string, fraction: number, label: string) => void;

/** What a thread is asked for, and what it says. */
export interface FieldRequest {
  readonly folder: string;
  readonly plan: FieldPlan;
}
export type FieldReply =
  | { readonly kind: 'progress'; readonly fraction: number; readonly label: string }
  | { readonly kind: 'written'; readonly field: WrittenField };

/** A full field of 9,000 pixels a side holds some 1.1 GB while it is made. */
const BYTES_PER_PIXEL = 14;

/** How many fields of that side may be made at once: one per core, as far as the free memory goes, and one at least. */
export function simulationJobs(sidePix: number, fieldCount: number): number {
  const inMemory = Math.floor(freemem() / (BYTES_PER_PIXEL * sidePix * sidePix));
  return Math.max(1, Math.min(availableParallelism(), fieldCount, inMemory));
}

/**
 * Simulates and writes fields, so many at once, each in a thread of its own. The files do not depend on that number. A field
 * is written whole, its mosaic last.
 * @returns them in the order of the plans
 * @throws DomainFailure file-unwritable; fields that were being made beside it are given up
 */
export async function simulateFields(
  folder: string,
  plans: readonly FieldPlan[],
  jobs: number,
  progress: FieldProgress,
): Promise<WrittenField[]> {
  const make = jobs > 1 ? inThread : here;
  const left = [...plans.entries()];
  const written: WrittenField[] = [];
  const threads = new Set<Worker>();
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, plan] = next;
      written[index] = await make({ folder, plan }, progress, threads);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, plans.length) }, work));
    return written;
  } catch (thrown) {
    left.length = 0;
    await Promise.all([...threads].map((thread) => thread.terminate()));
    throw thrown;
  }
}

/** Simulates and writes one field in this thread. */
export async function here({ folder, plan }: FieldRequest, progress: FieldProgress): Promise<WrittenField> {
  const field = await simulateField(plan, (fraction, label) => progress(plan.name, fraction, label));
  return { plan, rowCount: field.rows.length, files: await writeField(folder, field) };
}

function inThread(request: FieldRequest, progress: FieldProgress, threads: Set<Worker>): Promise<WrittenField> {
  const entry = fileURLToPath(new URL('./simulation-thread.ts', import.meta.url));
  const thread = new Worker(entry, { workerData: request });
  threads.add(thread);
  return new Promise<WrittenField>((resolve, reject) => {
    thread.on('message', (reply: FieldReply) => {
      if (reply.kind === 'progress') progress(request.plan.name, reply.fraction, reply.label);
      else resolve(reply.field);
    });
    thread.on('error', reject);
    thread.on('exit', (code) =>
      reject(new Error(`The thread that simulates ${request.plan.name} ended with ${code}.`)),
    );
  }).finally(() => threads.delete(thread));
}
