import type { Recipe } from '../core/network/recipe.ts';

/** Installs a model from a file that somebody else made. onnxruntime tries its numbers, so it is the worker's work. */
export interface InstallModelJob {
  readonly kind: 'install-model';
  readonly jobId: number;
  readonly path: string;
  /** Where models are, the user's own first; that is where the new one goes. */
  readonly modelFolders: readonly [own: string, ...others: string[]];
  /** For an ONNX file; undefined for a model in one file. */
  readonly onnx: { readonly recipe: Recipe; readonly modelId: string; readonly trainedOn: string } | undefined;
  readonly softwareVersion: string;
  readonly createdAt: string;
}

export interface ModelInstalled {
  readonly kind: 'model-installed';
  readonly jobId: number;
  readonly modelId: string;
}
