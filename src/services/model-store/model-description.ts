import { z } from 'zod';
import { testRates } from '../../contract/test-rates.ts';
import { trainingSettings } from '../../contract/training.ts';
import { networkIdSchema, recipeSchema } from '../../contract/recipe-schema.ts';

/** The version of model.json that this program writes, and the only one it reads. */
export const MODEL_VERSION = 1;

/** A model's classes in the order of the network's outputs. */
export const MODEL_CLASSES = ['S', 'MC'] as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hexadecimal');

/** A number of the card with its 95 % interval; null where none was estimated. */
const metric = z.object({
  name: z.string(),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type ModelMetric = z.infer<typeof metric>;

/** model.json: everything about a model but its weights. */
export const modelDescriptionSchema = z.object({
  version: z.literal(MODEL_VERSION),
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is not a plain name'),
  network: networkIdSchema,
  recipe: recipeSchema,
  /** In the order of the network's input. */
  featureNames: z.array(z.string()),
  /** Moments that the recipe's scaling applies; absent for a recipe without. */
  moments: z
    .object({
      mean: z.array(z.number()),
      deviation: z.array(z.number().positive()),
      of: z.literal('asinh').optional(),
    })
    .optional(),
  classes: z.tuple([z.literal('S'), z.literal('MC')]),
  /** MC from this probability on. */
  threshold: z.number().min(0).max(1),
  /** False for seeded weights that saw no data. */
  isTrained: z.boolean(),
  trainedOn: z.string(),
  /** How it was trained; absent for an untrained or imported model, and for one trained before cards held it. */
  training: trainingSettings.optional(),
  /** SHA-256 over the training files; null for an untrained model. */
  trainingDataSha256: sha256.nullable(),
  metrics: z.array(metric),
  /** Recall and false positive rate at every threshold, of a test outside the training; absent where there was none. */
  testRates: testRates.optional(),
  seed: z.number().int().nonnegative(),
  softwareVersion: z.string(),
  /** SHA-256 of model.onnx. */
  weightsSha256: sha256,
  parameterCount: z.number().int().positive(),
  createdAt: z.string(),
});
export type ModelDescription = z.infer<typeof modelDescriptionSchema>;
