import { extname } from 'node:path';

/** The kinds of table files that are read. */
export type TableFormat = 'FITS' | 'CSV' | 'TSV' | 'ECSV' | 'VOTable' | 'Parquet' | 'PyBDSF list';

const OF_EXTENSION: Readonly<Record<string, TableFormat>> = {
  '.csv': 'CSV',
  '.tsv': 'TSV',
  '.txt': 'CSV',
  '.ecsv': 'ECSV',
  '.vot': 'VOTable',
  '.votable': 'VOTable',
  '.xml': 'VOTable',
  '.parquet': 'Parquet',
  '.parq': 'Parquet',
};

/** PyBDSF's lists: ASCII or FITS under the same names. */
const PYBDSF_EXTENSIONS: readonly string[] = ['.srl', '.gaul', '.pybdsf_srl', '.pybdsf_gaul'];

/** Bytes of a file's beginning that tell its format. */
export const FORMAT_BYTES = 256;

/**
 * The format of a table file: by what its first bytes say where they say something, else by its extension; FITS where
 * neither does, since that is what a file of any name may be.
 */
export function tableFormatOf(path: string, start: Uint8Array): TableFormat {
  const text = new TextDecoder('latin1').decode(start);
  if (text.startsWith('SIMPLE  =')) return 'FITS';
  if (text.startsWith('PAR1')) return 'Parquet';
  // Blanks before the declaration are no XML, but people's programs write them; UTF-16 has a zero beside each letter.
  if (
    /^\s*<(?:\?xml|!DOCTYPE VOTABLE|VOTABLE)/.test(
      text.replace(/^(?:\xEF\xBB\xBF|\xFE\xFF|\xFF\xFE)/, '').replaceAll('\0', ''),
    )
  ) {
    return 'VOTable';
  }
  if (/^(?:\xEF\xBB\xBF)?# ?%ECSV /.test(text)) return 'ECSV';
  const extension = extname(path).toLowerCase();
  return OF_EXTENSION[extension] ?? (PYBDSF_EXTENSIONS.includes(extension) ? 'PyBDSF list' : 'FITS');
}
