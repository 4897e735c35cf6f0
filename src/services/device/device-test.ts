import type { ProviderName } from '../../contract/device-schemas.ts';

/** One way of using a provider, opened on it. */
export interface OpenExercise {
  /** Computes so many rows and gives every number that counts. The first pass is compared, the later ones are timed. */
  pass(rowCount: number): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Work with a known input that gives the same numbers on every provider that can be trusted. */
export interface DeviceExercise<Device extends string = ProviderName> {
  readonly tolerance: number;
  /** `relative`: to the largest value of each array, for numbers without a natural size (gradients). */
  readonly comparison: 'absolute' | 'relative';
  open(device: Device | 'cpu'): Promise<OpenExercise>;
}

export interface ExerciseFindings {
  readonly largestDifference: number;
  readonly millisecondsPerRow: number;
  readonly cpuMillisecondsPerRow: number;
}

/** Rows whose numbers are compared, and rows of the pass that is timed where the first was quick. */
const COMPARED_ROWS = 4;
const TIMED_ROWS = 32;
const QUICK_MS = 100;

/**
 * Does an exercise on the CPU and on a provider and compares. Runs in the calling process, which a bad driver may end or
 * hang: start it in a process of its own (`engine/device-trust.ts`).
 * @throws what the provider throws where it cannot be opened or fails
 */
export async function compareWithCpu<Device extends string>(
  exercise: DeviceExercise<Device>,
  device: Device,
): Promise<ExerciseFindings> {
  // First, since most machines without a graphics card refuse here at once.
  const other = await measured(exercise, device);
  const cpu = await measured(exercise, 'cpu');
  return {
    largestDifference: Math.max(
      ...cpu.values.map((values, index) => differenceOf(values, other.values[index]!, exercise.comparison)),
    ),
    millisecondsPerRow: other.millisecondsPerRow,
    cpuMillisecondsPerRow: cpu.millisecondsPerRow,
  };
}

async function measured<Device extends string>(
  exercise: DeviceExercise<Device>,
  device: Device | 'cpu',
): Promise<{ readonly values: readonly Float32Array[]; readonly millisecondsPerRow: number }> {
  const opened = await exercise.open(device);
  try {
    // The first pass compiles shaders; its numbers count, its time does not.
    const values = await opened.pass(COMPARED_ROWS);
    let milliseconds = await timeOf(() => opened.pass(COMPARED_ROWS));
    let rowCount = COMPARED_ROWS;
    if (milliseconds < QUICK_MS) {
      await opened.pass(TIMED_ROWS);
      milliseconds = await timeOf(() => opened.pass(TIMED_ROWS));
      rowCount = TIMED_ROWS;
    }
    return { values, millisecondsPerRow: milliseconds / rowCount };
  } finally {
    await opened.close();
  }
}

async function timeOf(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Largest |a − b|, over the largest |a| where `relative`; infinite where the lengths differ or a value is not finite. */
export function differenceOf(a: Float32Array, b: Float32Array, comparison: DeviceExercise['comparison']): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i]! - b[i]!);
    if (!Number.isFinite(apart)) return Infinity;
    difference = Math.max(difference, apart);
    largest = Math.max(largest, Math.abs(a[i]!));
  }
  if (comparison === 'absolute' || difference === 0) return difference;
  return difference / largest;
}
