import { z } from 'zod';

/** What a project file keeps of its window, so that it opens where it was left. Every part may be absent. */

const number = z.number();
const name = z.string().max(200);

export const sessionView = z.object({
  threshold: number.min(0).max(1).optional(),
  secondsPerSource: number.positive().optional(),
  /** Catalogue row of the selected source; null: none. */
  selectedRow: number.int().nonnegative().nullable().optional(),
  /** Centre and width of the sky [deg, ICRS]. */
  sky: z.object({ raDeg: number, decDeg: number, fovDeg: number }).optional(),
  table: z
    .object({
      columns: z.array(name).max(500).optional(),
      sorting: z.object({ column: name, isDescending: z.boolean() }).optional(),
      filter: z.string().max(10_000).optional(),
      status: name.optional(),
    })
    .optional(),
  /** The dock's own description of each arrangement, with the panels that existed when it was made. */
  layouts: z.record(name, z.object({ known: z.array(name).max(100), dock: z.unknown() })).optional(),
});
export type SessionView = z.infer<typeof sessionView>;

/** A named text that the windows of this machine keep: chosen keys, display settings, the layout of new projects. */
export const machineSetting = z.object({ name, text: z.string().max(300_000).nullable() });

export const inputPlace = z.object({
  role: z.string(),
  /** Where it is, or else where it should be. */
  path: z.string(),
  isThere: z.boolean(),
});
export type InputPlace = z.infer<typeof inputPlace>;
