import { setTimeout as sleep } from 'node:timers/promises';
import { medianOf } from './measurement.ts';

/** Does the work of one side once and gives its milliseconds, or whatever is compared. */
type Turn = () => Promise<number>;

interface Rounds {
  readonly rounds: number;
  /** Rounds before them that are not counted: caches fill, code is compiled. */
  readonly warmUpRounds?: number;
  /** Rest before each turn [ms]. */
  readonly restMs?: number;
}

/** The median of each side. All take their turns in every round, so that what slows the machine slows all of them. */
export async function mediansInTurns<const Sides extends readonly Turn[]>(
  sides: Sides,
  { rounds, warmUpRounds = 0, restMs = 0 }: Rounds,
): Promise<{ readonly [Side in keyof Sides]: number }> {
  const taken = sides.map((): number[] => []);
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    for (const [side, turn] of sides.entries()) {
      await sleep(restMs);
      const value = await turn();
      if (round >= warmUpRounds) taken[side]!.push(value);
    }
  }
  return taken.map(medianOf) as { [Side in keyof Sides]: number };
}

/** Milliseconds until the work is done. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
