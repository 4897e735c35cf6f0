import { z } from 'zod';

/** A column of the input catalogue that the table can show, sort and filter by. */
export const catalogueColumn = z.object({
  name: z.string(),
  kind: z.enum(['number', 'text']),
  /** As the file spells it; '' where it names none. */
  unit: z.string(),
  description: z.string(),
});
export type CatalogueColumn = z.infer<typeof catalogueColumn>;
