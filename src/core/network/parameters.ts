import { randomStream } from '../random/philox.ts';
import type { NetworkDescription } from './network-description.ts';
import type { ParameterTensor } from './parameter-tensors.ts';
import { parameterTensors } from './parameter-tensors.ts';

/** All numbers that a network learns in one array, with a view per tensor, in the order of `parameterTensors`. */
export interface Parameters {
  readonly flat: Float32Array;
  readonly tensors: readonly ParameterTensor[];
  /** View of the tensor of that name; writing to it writes to `flat`. */
  view(name: string): Float32Array;
}

/** Lays tensors over a flat array (all zeros where none is given), whose length must be their total size. */
export function parametersOver(network: NetworkDescription, flat?: Float32Array): Parameters {
  const tensors = parameterTensors(network);
  const total = tensors.reduce((sum, tensor) => sum + tensor.size, 0);
  const storage = flat ?? new Float32Array(total);
  if (storage.length !== total) throw new RangeError(`${storage.length} numbers for ${total} parameters`);
  const views = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, size } of tensors) {
    views.set(name, storage.subarray(offset, offset + size));
    offset += size;
  }
  return {
    flat: storage,
    tensors,
    view: (name) => {
      const view = views.get(name);
      if (view === undefined) throw new RangeError(`network ${network.id} has no parameter ${name}`);
      return view;
    },
  };
}

/**
 * Seeded weights before any training. Convolutions: normal with σ = √(2 / fanIn) (he_normal, not truncated; He et al.
 * 2015, eq. 10). Dense layers: uniform within ±√(6 / (fanIn + fanOut)) (glorot_uniform; Glorot & Bengio 2010, eq. 16).
 * Biases and shifts: zero; scales: one. Running averages start at mean 0 and variance 1. Tensor k is drawn from stream k of the seed, so it can be made again alone, and in Python.
 */
export function initialParameters(network: NetworkDescription, seed: number): Parameters {
  const parameters = parametersOver(network);
  parameters.tensors.forEach(({ name, kind, fanIn, fanOut }, index) => {
    const view = parameters.view(name);
    const random = randomStream(seed, index);
    switch (kind) {
      case 'convolution-weight': {
        const sigma = Math.sqrt(2 / fanIn);
        for (let i = 0; i < view.length; i++) view[i] = sigma * random.normal();
        break;
      }
      case 'dense-weight': {
        const limit = Math.sqrt(6 / (fanIn + fanOut));
        for (let i = 0; i < view.length; i++) view[i] = limit * (2 * random.uniform() - 1);
        break;
      }
      case 'scale':
      case 'running-variance':
        view.fill(1);
        break;
      case 'bias':
      case 'shift':
      case 'running-mean':
        break;
    }
  });
  return parameters;
}
