import { z } from 'zod';
import { FEATURE_SCALINGS } from '../core/features/scaling.ts';
import type { Recipe } from '../core/network/recipe.ts';
import { NETWORK_IDS } from '../core/network/registry.ts';

export const channelSchema = z.strictObject({
  stretch: z.enum(['log', 'linear', 'cut']),
  lowSigma: z.number(),
  highSigma: z.number(),
});

const cutout = z.strictObject({
  windowSidePix: z.literal(256),
  sidePix: z.literal(128),
  geometry: z.enum(['pixels', 'angular']),
  noise: z.enum(['montage', 'clipped']),
  logStretch: z.enum(['montage', 'log10']),
  channels: z.array(channelSchema).readonly(),
  quantisation: z.enum(['float', 'uint8']),
  turning: z
    .strictObject({ interpolation: z.literal('bilinear'), binaryChannel: z.literal('interpolated') })
    .optional(),
});

const features = z.strictObject({
  set: z.enum(['baseline', 'optical', 'gbc', 'all', 'no-lr']),
  lrThreshold: z.union([z.number(), z.literal('lotss-dr2-by-region')]),
  lrLogarithm: z.enum(['log10', 'gbc-code']),
  missingLr: z.number(),
  missingLrDistArcsec: z.number(),
  imputedGaussianFluxRatio: z.number(),
  missingNeighbourDistArcsec: z.number(),
  scaling: z.enum(FEATURE_SCALINGS),
  neighboursFrom: z.literal('whole-catalogue').optional(),
  sisg: z
    .strictObject({ majBelowArcsec: z.number(), isolationArcsec: z.number(), largestGaussianCount: z.number() })
    .optional(),
});

const variant = z.strictObject({
  featureLayers: z.strictObject({ layers: z.number(), neurons: z.number(), dropout: z.number() }).optional(),
  normalisation: z.enum(['batch', 'layer']).optional(),
});

export const networkIdSchema = z.enum(NETWORK_IDS);

/** A recipe as model.json and a recipe file hold it. What it leaves out has the value of the first version. */
export const recipeSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  cutout,
  features,
  network: networkIdSchema,
  variant: variant.optional(),
  initialisation: z
    .strictObject({ convolutions: z.literal('he-normal'), dense: z.literal('glorot-uniform') })
    .optional(),
}) satisfies z.ZodType<Recipe>;
