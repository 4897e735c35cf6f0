/** Which update rule, with the constants that the paper or PyTorch 1.13 gives it. */
export type OptimiserName = 'sgd' | 'nesterov' | 'rmsprop' | 'adam';

export const OPTIMISER_NAMES: readonly OptimiserName[] = ['sgd', 'nesterov', 'rmsprop', 'adam'];

/** Alegre et al. 2024, §3.5: Nesterov momentum 0.9. */
const MOMENTUM = 0.9;
/** Defaults of torch.optim.RMSprop and torch.optim.Adam. */
const RMSPROP_DECAY = 0.99;
const ADAM_DECAY_1 = 0.9;
const ADAM_DECAY_2 = 0.999;
const EPSILON = 1e-8;

/** An update rule with its memory: one or two numbers per parameter, and the number of steps taken. */
export interface Optimiser {
  readonly name: OptimiserName;
  /** Changes `weights` in place by one step along `gradients` (same length, same order). */
  step(weights: Float32Array, gradients: Float32Array, learningRate: number): void;
  /** What a checkpoint stores; the arrays are the optimiser's own. */
  readonly state: OptimiserState;
}

export interface OptimiserState {
  stepCount: number;
  readonly moments: readonly Float32Array[];
}

/**
 * An optimiser for that many parameters, as `torch.optim` defines it. Sums are formed in double precision and rounded
 * to float32 once per step.
 * @param restored state of a checkpoint; taken over, not copied
 */
export function createOptimiser(name: OptimiserName, size: number, restored?: OptimiserState): Optimiser {
  const memory = { sgd: 0, nesterov: 1, rmsprop: 1, adam: 2 }[name];
  const state = restored ?? { stepCount: 0, moments: Array.from({ length: memory }, () => new Float32Array(size)) };
  if (state.moments.length !== memory || state.moments.some((moment) => moment.length !== size)) {
    throw new RangeError(`optimiser state does not fit ${name} with ${size} parameters`);
  }
  const [first, second] = state.moments;
  const update = {
    sgd: sgdStep,
    nesterov: (w: Float32Array, g: Float32Array, rate: number) => nesterovStep(w, g, rate, first!),
    rmsprop: (w: Float32Array, g: Float32Array, rate: number) => rmspropStep(w, g, rate, first!),
    adam: (w: Float32Array, g: Float32Array, rate: number) => adamStep(w, g, rate, first!, second!, state.stepCount),
  }[name];
  return {
    name,
    state,
    step(weights, gradients, learningRate) {
      if (weights.length !== size || gradients.length !== size) throw new RangeError(`not ${size} parameters`);
      state.stepCount++;
      update(weights, gradients, learningRate);
    },
  };
}

function sgdStep(weights: Float32Array, gradients: Float32Array, rate: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - rate * gradients[i]!;
}

/** v ← µ v + g; w ← w − rate (g + µ v), Sutskever et al. 2013 in torch's form. */
function nesterovStep(weights: Float32Array, gradients: Float32Array, rate: number, velocity: Float32Array): void {
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!;
    const moved = MOMENTUM * velocity[i]! + gradient;
    velocity[i] = moved;
    weights[i] = weights[i]! - rate * (gradient + MOMENTUM * moved);
  }
}

/** s ← α s + (1 − α) g²; w ← w − rate g / (√s + ε). */
function rmspropStep(weights: Float32Array, gradients: Float32Array, rate: number, squares: Float32Array): void {
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!;
    const square = RMSPROP_DECAY * squares[i]! + (1 - RMSPROP_DECAY) * gradient * gradient;
    squares[i] = square;
    weights[i] = weights[i]! - (rate * gradient) / (Math.sqrt(square) + EPSILON);
  }
}

/** Kingma & Ba 2014, algorithm 1, with ε added after the bias correction as torch does. */
function adamStep(
  weights: Float32Array,
  gradients: Float32Array,
  rate: number,
  means: Float32Array,
  squares: Float32Array,
  stepCount: number,
): void {
  const meanCorrection = 1 - ADAM_DECAY_1 ** stepCount;
  const squareCorrection = Math.sqrt(1 - ADAM_DECAY_2 ** stepCount);
  const stepSize = rate / meanCorrection;
  for (let i = 0; i < weights.length; i++) {
    const gradient = gradients[i]!;
    const mean = ADAM_DECAY_1 * means[i]! + (1 - ADAM_DECAY_1) * gradient;
    const square = ADAM_DECAY_2 * squares[i]! + (1 - ADAM_DECAY_2) * gradient * gradient;
    means[i] = mean;
    squares[i] = square;
    weights[i] = weights[i]! - (stepSize * mean) / (Math.sqrt(square) / squareCorrection + EPSILON);
  }
}
