import { z } from 'zod';
import type { TableFileFormat } from './table-formats.ts';
import { TABLE_FILE_FORMATS } from './table-formats.ts';

/** Formats of what is no list: the coverage of the field, and the picture about one source. */
export const PICTURE_FORMATS = ['moc', 'cutout-fits', 'cutout-png'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** What leaves the window as a file: a table or regions, of which rows; or the coverage, or a cutout. */
export const exportRequest = z.object({
  rows: z.enum(['flagged', 'selection', 'all']),
  /** Of a selection: rows of the catalogue counted from 0, as in `0-4,9`. */
  selectedRows: z
    .string()
    .regex(/^(?:\d{1,10}(?:-\d{1,10})?(?:,\d{1,10}(?:-\d{1,10})?)*)?$/)
    .optional(),
  threshold: z.number().min(0).max(1),
  format: z.enum([
    ...(Object.keys(TABLE_FILE_FORMATS) as [TableFileFormat, ...TableFileFormat[]]),
    'ds9',
    'crtf',
    ...PICTURE_FORMATS,
  ]),
  /** Of a cutout: catalogue row of its source. */
  row: z.number().int().nonnegative().optional(),
  columnNames: z.enum(['lobate', 'paper']),
  ellipse: z.enum(['fwhm', 'pybdsf']),
});
export type ExportRequest = z.infer<typeof exportRequest>;
export type ExportFormat = ExportRequest['format'];

export const isPictureFormat = (format: ExportFormat): format is PictureFormat =>
  (PICTURE_FORMATS as readonly string[]).includes(format);

/** Where a file would be written if nobody says otherwise. */
export const exportPlace = z.object({ folder: z.string(), fileName: z.string() });

export const exportedFile = z.object({ path: z.string(), rows: z.number().int() });

/** Longest address that every browser and our own server take; a scattered selection may need more. */
export const LONGEST_DOWNLOAD_ADDRESS = 12_000;
