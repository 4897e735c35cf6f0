import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import { DomainFailure } from '../../../core/result/failure.ts';
import { reasonIn } from '../../../core/result/message-of.ts';
import type { TensorFlow } from './tensorflow-network.ts';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

export interface LoadedTensorFlow {
  readonly tf: TensorFlow;
  /** What it computes on, for log and card: "backend tensorflow, CUDA". */
  readonly computesOn: string;
  /** False where TensorFlow found no graphics card and computes on the processor. */
  readonly isOnGraphicsCard: boolean;
}

/**
 * Loads the optional package and waits until its backend is ready.
 * @param load another one in tests
 * @throws DomainFailure 'argument-invalid' for `--device` where it is not installed, or does not load here
 */
export async function loadTensorFlow(
  load: (name: string) => Promise<unknown> = importFound,
): Promise<LoadedTensorFlow> {
  restoreNodeFunction();
  const loaded = await load(PACKAGE).catch((thrown: unknown) => {
    throw refusal(isAbsent(thrown) ? ABSENT : `${PACKAGE} does not load (${reasonIn(thrown)}); ${NEEDS}`, thrown);
  });
  const tf = tensorFlowIn(loaded);
  if (tf === undefined) throw refusal(`${PACKAGE} has not the functions of TensorFlow.js 4`);
  await tf.ready().catch((thrown: unknown) => {
    throw refusal(`${PACKAGE} does not start (${reasonIn(thrown)}); ${NEEDS}`, thrown);
  });
  const isOnGraphicsCard = usesGraphicsCard(tf);
  const computesOn = `backend ${tf.getBackend()}, ${isOnGraphicsCard ? 'CUDA' : 'without a graphics card'}`;
  return { tf, computesOn, isOnGraphicsCard };
}

/** The package asks Node's `util` in each operation for a function that Node has no longer had since 23. */
function restoreNodeFunction(): void {
  if ('isNullOrUndefined' in util) return;
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}

/** Looked for first, and imported by a name made here: a checker or bundler would want the package to be there. */
async function importFound(name: string): Promise<unknown> {
  const path = createRequire(import.meta.url).resolve(name);
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return loaded;
}

const NEEDS = "it needs CUDA 11 and an NVIDIA card, on Linux or Windows; onnxruntime's CPU and WebGPU need nothing";
const ABSENT = `tensorflow is not installed; install it with \`npm install ${PACKAGE}\`: ${NEEDS}`;

function refusal(why: string, cause?: unknown): DomainFailure {
  return new DomainFailure({ kind: 'argument-invalid', name: '--device', why }, { cause });
}

/** The package itself is not found, and not something that it wants in turn. */
function isAbsent(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return thrown.code === 'MODULE_NOT_FOUND' && thrown.message.includes(`'${PACKAGE}'`);
}

/** The package is CommonJS: Node gives what it exports as `default`, and by name only what it can see. */
function tensorFlowIn(loaded: unknown): TensorFlow | undefined {
  if (isTensorFlow(loaded)) return loaded;
  if (typeof loaded !== 'object' || loaded === null || !('default' in loaded)) return undefined;
  return isTensorFlow(loaded.default) ? loaded.default : undefined;
}

function isTensorFlow(value: unknown): value is TensorFlow {
  if (typeof value !== 'object' || value === null) return false;
  return 'valueAndGrads' in value && 'tidy' in value && 'ready' in value && 'getBackend' in value;
}

/** The backend of the package for Node says so; no other one is loaded here. */
function usesGraphicsCard(tf: TensorFlow): boolean {
  const backend: unknown = tf.backend();
  if (typeof backend !== 'object' || backend === null || !('isUsingGpuDevice' in backend)) return false;
  return backend.isUsingGpuDevice === true;
}
