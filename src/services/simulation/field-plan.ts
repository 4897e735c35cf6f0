import { randomStream } from '../../core/random/philox.ts';
import { RADIANS_PER_DEGREE } from '../../core/units/quantities.ts';

/** A pointing to simulate. */
export interface FieldPlan {
  /** As LoTSS names pointings: `P180+50` is centred near RA 180°, Dec +50°. */
  readonly name: string;
  readonly centreRaDeg: number;
  readonly centreDecDeg: number;
  readonly side: number;
  readonly seed: number;
  /** First of the random streams that belong to this field under its seed. */
  readonly firstStream: number;
}

/** Streams set aside per field. */
const STREAMS_PER_FIELD = 16;
/** Streams of a field, counted from its `firstStream`. */
export const FIELD_STREAM = { population: 0, coverage: 1, noise: 2, artefacts: 3, background: 4 } as const;

const LOWEST_DEC_DEG = 25;
const HIGHEST_DEC_DEG = 65;
/** Fields of one run lie at least this far apart [deg]: twice the diagonal of a full mosaic. */
const SMALLEST_SEPARATION_DEG = 8;
const MOST_TRIES = 10_000;

/** Pointings spread over the northern sky, the same for the same seed. At most ~100 fit. */
export function planFields(seed: number, count: number, side: number): FieldPlan[] {
  const random = randomStream(seed, 0xffff);
  const plans: FieldPlan[] = [];
  for (let tries = 0; plans.length < count && tries < MOST_TRIES; tries++) {
    // Whole degrees make whole names; the true centre lies within half a degree, as real pointings do.
    const raName = 1 + random.integer(359);
    const decName = LOWEST_DEC_DEG + random.integer(HIGHEST_DEC_DEG - LOWEST_DEC_DEG + 1);
    const centreRaDeg = raName + 0.4 * (random.uniform() - 0.5);
    const centreDecDeg = decName + 0.4 * (random.uniform() - 0.5);
    const isFree = plans.every(
      (other) => roughSeparationDeg(other, centreRaDeg, centreDecDeg) > SMALLEST_SEPARATION_DEG,
    );
    if (!isFree) continue;
    const name = `P${String(raName).padStart(3, '0')}+${String(decName).padStart(2, '0')}`;
    plans.push({ name, centreRaDeg, centreDecDeg, side, seed, firstStream: plans.length * STREAMS_PER_FIELD });
  }
  return plans;
}

function roughSeparationDeg(plan: FieldPlan, raDeg: number, decDeg: number): number {
  const turn = Math.abs(((raDeg - plan.centreRaDeg + 540) % 360) - 180);
  const cosDec = Math.cos(Math.max(Math.abs(decDeg), Math.abs(plan.centreDecDeg)) * RADIANS_PER_DEGREE);
  return Math.hypot(turn * cosDec, decDeg - plan.centreDecDeg);
}
