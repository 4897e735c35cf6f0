import { availableParallelism, freemem } from 'node:os';
import { threadEntry } from '../threads/thread-entry.ts';
import { threadTask } from '../threads/thread-task.ts';
import { makeFolder } from '../fits-files/atomic-write.ts';
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
export interface FieldReport {
  readonly fraction: number;
  readonly label: string;
}

const THREAD_ENTRY = threadEntry('simulation-thread', import.meta.url);

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
  // Before minutes of work whose result had no place.
  await makeFolder(folder);
  const stop = new AbortController();
  const make = (request: FieldRequest): Promise<WrittenField> =>
    jobs > 1 && THREAD_ENTRY !== undefined
      ? threadTask<WrittenField, FieldReport>(THREAD_ENTRY, request, {
          does: `simulates ${request.plan.name}`,
          signal: stop.signal,
          onProgress: ({ fraction, label }) => progress(request.plan.name, fraction, label),
        })
      : here(request, progress);
  const left = [...plans.entries()];
  const written: WrittenField[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && !stop.signal.aborted; next = left.shift()) {
      const [index, plan] = next;
      written[index] = await make({ folder, plan });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, plans.length) }, work));
    return written;
  } finally {
    // One that failed has left the others at work.
    stop.abort();
  }
}

/** Simulates and writes one field in this thread. */
export async function here({ folder, plan }: FieldRequest, progress: FieldProgress): Promise<WrittenField> {
  const field = await simulateField(plan, (fraction, label) => progress(plan.name, fraction, label));
  return { plan, rowCount: field.rows.length, files: await writeField(folder, field) };
}
