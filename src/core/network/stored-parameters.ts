import type { NetworkDescription } from './network-description.ts';
import type { OnnxModelInfo } from './onnx-reader.ts';
import type { Parameters } from './parameters.ts';
import { parametersOver } from './parameters.ts';

const FLOAT32 = 1;

/**
 * The weights of a model file as the network's parameters: every tensor of its name and shape, as `inferenceModel` and
 * PyTorch exports with the same names write them.
 * @throws RangeError naming the first tensor that is missing or another
 */
export function parametersOf(network: NetworkDescription, model: OnnxModelInfo): Parameters {
  const parameters = parametersOver(network);
  const stored = new Map(model.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape, size } of parameters.tensors) {
    const tensor = stored.get(name);
    if (tensor === undefined) throw new RangeError(`it has no weights ${name}`);
    if (tensor.dataType !== FLOAT32 || tensor.bytes?.length !== size * 4 || tensor.shape.join() !== shape.join()) {
      throw new RangeError(`its weights ${name} are not ${shape.join(' × ')} stored as float32`);
    }
    const { buffer, byteOffset, byteLength } = tensor.bytes;
    // A copy of the bytes: a view of floats would have to be aligned.
    parameters.view(name).set(new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)));
  }
  return parameters;
}
