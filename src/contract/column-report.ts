import { z } from 'zod';

/** What the astronomer says about the columns of a catalogue, beside its file. */
export const columnReading = z.object({
  /** Units of columns that name none; guessed, with a notice, when absent. */
  units: z.enum(['survey', 'pybdsf']).optional(),
  /** `OUR=THEIRS` as in `Maj=a`. */
  map: z.array(z.string()).default([]),
});
export type ColumnReading = z.infer<typeof columnReading>;

/** A catalogue, or the one of the open project where no path is given. */
export const columnReportRequest = columnReading.extend({ path: z.string().optional() });

const columnChoice = z.object({
  /** As LoTSS calls the quantity, and as `OUR` in a map. */
  title: z.string(),
  description: z.string(),
  isRequired: z.boolean(),
  /** Name of the column that is taken; null where there is none. */
  found: z.string().nullable(),
  isMapped: z.boolean(),
  /** Name of the column that is taken where nothing is mapped. */
  foundByName: z.string().nullable(),
  /** Unit in which the values are read; '' where the quantity has none. */
  unit: z.string(),
  isUnitAssumed: z.boolean(),
  problem: z.enum(['not-numeric', 'unit-unknown']).nullable(),
  /** First values, as the file has them. */
  values: z.array(z.string()),
});
export type ColumnChoice = z.infer<typeof columnChoice>;

/** How a catalogue's columns are understood. */
export const columnReport = z.object({
  path: z.string(),
  /** Source finder or survey whose columns these are. */
  dialect: z.string(),
  /** Every column of the file, in its order. */
  columns: z.array(z.string()),
  choices: z.array(columnChoice),
  /** The reading that this report is of. */
  reading: columnReading,
  /** Sentence of why the catalogue would be refused so; null where it would not. */
  refusal: z.string().nullable(),
  /** What the first rows betray: units guessed or in doubt. */
  warnings: z.array(z.string()),
});
export type ColumnReport = z.infer<typeof columnReport>;
