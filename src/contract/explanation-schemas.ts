import { z } from 'zod';

/** Why a model gives a source its P(MC). Every number is a probability or a difference of two. */
export const explanation = z.object({
  row: z.number().int(),
  modelId: z.string(),
  /** P(MC) of the source as it is [0..1]. */
  probability: z.number(),
  /** P(MC) with a part of the input covered, and how it was covered; null where the network has no such part. */
  parts: z.array(z.object({ name: z.string(), probability: z.number().nullable(), how: z.string() })),
  /** P(MC) − P(MC) with the patch set to 0 in all channels, row 0 the lowest; null for a network without image. */
  occlusion: z
    .object({
      patchPix: z.number().int(),
      stridePix: z.number().int(),
      /** Patches along a side; `values` has the square of it. */
      side: z.number().int(),
      values: z.array(z.number()),
    })
    .nullable(),
  /** Mean of P(MC) − P(MC) with the feature of other sources of the field in its place, in the recipe's order. */
  features: z.array(z.object({ name: z.string(), effect: z.number(), lowest: z.number(), highest: z.number() })),
  /** Sources whose values took a feature's place, at random. */
  permutations: z.number().int(),
  /** P(MC) in the 8 exact flips and turns (the first as it is) and at random orientations. */
  orientations: z.object({ exact: z.array(z.number()), random: z.array(z.number()) }).nullable(),
  seconds: z.number(),
});
export type Explanation = z.infer<typeof explanation>;

/** A source as it is not. Nothing of it is stored. */
export const whatIfChange = z.object({
  /** Catalogue rows that the features shall not see as neighbours; the image keeps them. */
  withoutNeighbours: z.array(z.number().int().nonnegative()).max(16).default([]),
  /** Values of features in their own units, before any scaling. */
  features: z
    .array(z.object({ name: z.string(), value: z.number() }))
    .max(64)
    .default([]),
  /** Where the image is centred instead [pixel of the mosaic]; the features stay. */
  shiftPix: z
    .object({ x: z.number().int().min(-128).max(128), y: z.number().int().min(-128).max(128) })
    .default({ x: 0, y: 0 }),
});
export type WhatIfChange = z.infer<typeof whatIfChange>;

export const whatIfAnswer = z.object({
  /** P(MC) of the source as it is, and as it was changed. */
  before: z.number(),
  after: z.number(),
  /** Features that the change altered, in their own units. */
  changed: z.array(z.object({ name: z.string(), unit: z.string(), before: z.number(), after: z.number() })),
});
export type WhatIfAnswer = z.infer<typeof whatIfAnswer>;

export const similarSources = z.object({
  /** Nearest first; the distance is Euclidean between the values of the network's last hidden layer. */
  sources: z.array(
    z.object({ row: z.number().int(), name: z.string(), distance: z.number(), probability: z.number() }),
  ),
  /** Sources that were compared. */
  compared: z.number().int(),
  /** Values in the hidden layer. */
  width: z.number().int(),
});
export type SimilarSources = z.infer<typeof similarSources>;
