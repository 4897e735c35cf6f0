import { z } from 'zod';

/** What window and engine say to each other about installing and passing on models. */

/** Extension of a model in one file. */
export const MODEL_EXTENSION = '.lobate-model';

export const modelId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'use letters, digits, ".", "_" and "-"')
  .max(60);

/** What an ONNX file does not say of itself. */
export const onnxFacts = z.object({
  /** One of `training.presets`. */
  recipeName: z.string(),
  modelId,
  /** What it was trained on, for the card. */
  trainedOn: z.string().max(500),
});
export type OnnxFacts = z.infer<typeof onnxFacts>;

/** A model in one file, or an ONNX file with what it does not say. */
export const importModel = z.object({ path: z.string(), onnx: onnxFacts.nullable() });
