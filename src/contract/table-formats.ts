/** The formats in which tables are written, as files and dialogs name them. */
export const TABLE_FILE_FORMATS = {
  fits: {
    title: 'FITS',
    endings: ['.fits'],
    mediaType: 'application/fits',
    keeps: 'all columns, units and provenance',
  },
  votable: {
    title: 'VOTable',
    endings: ['.vot', '.votable', '.xml'],
    mediaType: 'application/x-votable+xml',
    keeps: 'all columns, units and provenance',
  },
  csv: {
    title: 'CSV',
    endings: ['.csv'],
    mediaType: 'text/csv; charset=utf-8',
    keeps: 'names and values; units and provenance stand in a second file beside it',
  },
  ecsv: {
    title: 'ECSV',
    endings: ['.ecsv'],
    mediaType: 'text/plain; charset=utf-8',
    keeps: 'all columns, units and provenance, as text that astropy reads',
  },
  parquet: {
    title: 'Parquet',
    endings: ['.parquet'],
    mediaType: 'application/vnd.apache.parquet',
    keeps: 'all columns, units and provenance; for pandas and large tables',
  },
} as const satisfies Readonly<Record<string, TableFileFormatDescription>>;

interface TableFileFormatDescription {
  readonly title: string;
  /** The first is the one that is given; all lower case. */
  readonly endings: readonly string[];
  readonly mediaType: string;
  /** What is left of a table in this format. */
  readonly keeps: string;
}

export type TableFileFormat = keyof typeof TABLE_FILE_FORMATS;
