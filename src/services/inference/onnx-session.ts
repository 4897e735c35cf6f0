import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ProviderName } from '../../contract/device-schemas.ts';
import { FEATURES_INPUT, IMAGES_INPUT, MC_CLASS, PROBABILITIES_OUTPUT } from '../../core/network/inference-graph.ts';
import type { NetworkInputShape } from '../../core/network/network-description.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import { onDevice } from './on-device.ts';
import { onnxruntimeReason } from './onnxruntime-reason.ts';

export interface NetworkSession {
  /**
   * P(MC) per row [0..1]. The same batch gives the same numbers every time; the last bits may depend on which rows a
   * batch holds. Blocks the thread while it computes: for the worker process and the command line only.
   */
  probabilities(input: NetworkInput): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface NetworkSessionOptions {
  /** Threads for one batch; onnxruntime's own choice (the physical cores) where absent. */
  readonly threads?: number | undefined;
  /** What computes; the CPU where absent. Any other one has to be trusted first. */
  readonly provider?: ProviderName | undefined;
}

/**
 * Opens a model's network for inference.
 * @throws DomainFailure 'model-invalid' where onnxruntime cannot read the weights; 'device-failed' where another provider
 * than the CPU cannot take them
 */
export async function openNetworkSession(
  model: LoadedModel,
  options: NetworkSessionOptions = {},
): Promise<NetworkSession> {
  try {
    return await networkSessionOf(model.onnxPath, model.description, options);
  } catch (thrown) {
    if (thrown instanceof DomainFailure) throw thrown;
    const why = thrown instanceof Error ? onnxruntimeReason(thrown.message) : String(thrown);
    throw new DomainFailure({ kind: 'model-invalid', path: model.onnxPath, why }, { cause: thrown });
  }
}

/** What a session must know of a model beside its file. */
export interface NetworkShape {
  readonly recipe: Recipe;
  readonly featureNames: readonly string[];
}

/** As `openNetworkSession`, for an ONNX file or its bytes: the trainer measures weights that are no model yet. */
export function networkSessionOf(
  onnx: string | Uint8Array,
  { recipe, featureNames }: NetworkShape,
  options: NetworkSessionOptions = {},
): Promise<NetworkSession> {
  return shapedSession(onnx, inputShapeOf(recipe, featureNames.length), options);
}

/** As `networkSessionOf`, for a network that no recipe describes. */
export async function shapedSession(
  onnx: string | Uint8Array,
  shape: NetworkInputShape,
  options: NetworkSessionOptions = {},
): Promise<NetworkSession> {
  const graph = await openGraph(onnx, shape, options);
  return {
    probabilities: async (input) => (input.rowCount === 0 ? new Float32Array(0) : mcOf(await graph.run(input))),
    close: () => graph.close(),
  };
}

/** A model's graph, of which a session reads one output or the other. */
export interface OpenGraph {
  run(input: NetworkInput): Promise<InferenceSession.ReturnType>;
  close(): Promise<void>;
}

/** @throws Error of onnxruntime; DomainFailure 'device-failed' of another provider than the CPU */
export async function openGraph(
  onnx: string | Uint8Array,
  { channels, sidePix, featureCount }: NetworkInputShape,
  options: NetworkSessionOptions,
): Promise<OpenGraph> {
  const provider = options.provider ?? 'cpu';
  const settings = sessionSettings(provider, options.threads);
  const create = (): Promise<InferenceSession> =>
    typeof onnx === 'string' ? InferenceSession.create(onnx, settings) : InferenceSession.create(onnx, settings);
  const session = await onDevice(provider, create);
  return {
    async run({ rowCount, images, features }) {
      const feeds: Record<string, Tensor> = {};
      if (session.inputNames.includes(IMAGES_INPUT)) {
        checkLength('image values', images.length, rowCount * channels * sidePix * sidePix);
        feeds[IMAGES_INPUT] = new Tensor('float32', images, [rowCount, channels, sidePix, sidePix]);
      }
      if (session.inputNames.includes(FEATURES_INPUT)) {
        checkLength('feature values', features.length, rowCount * featureCount);
        feeds[FEATURES_INPUT] = new Tensor('float32', features, [rowCount, featureCount]);
      }
      return onDevice(provider, () => session.run(feeds));
    },
    close: () => session.release(),
  };
}

/** How onnxruntime is to work on a graph. `threads`: its own choice where undefined. */
export function sessionSettings(provider: ProviderName, threads?: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    // Warnings about graph details are of no use to an astronomer; errors are thrown anyway.
    logSeverityLevel: 3,
    // Threads that wait sleep instead of spinning: as fast, and the window keeps its share of the cores. A training step
    // takes a third less CPU for it (440 against 660 ms on two shared cores).
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  };
}

/** P(MC) per row of what a run gave. */
export function mcOf(outputs: InferenceSession.ReturnType): Float32Array {
  const both = outputs[PROBABILITIES_OUTPUT]!.data as Float32Array;
  return Float32Array.from({ length: both.length / 2 }, (_, row) => both[row * 2 + MC_CLASS]!);
}

function checkLength(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new RangeError(`${actual} ${what} where the batch needs ${expected}`);
}
