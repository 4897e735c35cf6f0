import { DomainFailure } from '../result/failure.ts';
import type { FitsStorage } from '../table/table.ts';
import type { ByteSource } from './byte-source.ts';
import type { Hdu } from './hdu.ts';
import type { FitsHeader } from './header.ts';
import type { ColumnFormat } from './table-format.ts';
import { parseTableFormat } from './table-format.ts';

/** One column of a binary table: its keywords, and where it lies in a row. */
export interface ColumnLayout {
  readonly name: string;
  readonly format: ColumnFormat;
  readonly storage: FitsStorage;
  readonly offsetBytes: number;
  readonly unit: string | undefined;
  readonly ucd: string | undefined;
  readonly description: string | undefined;
}

/** The columns of a binary table's header. @throws DomainFailure 'fits-header-invalid' */
export function columnLayouts(source: ByteSource, { header, axes }: Hdu): ColumnLayout[] {
  const invalid = (what: string): DomainFailure =>
    new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what });
  const fieldCount = header.number('TFIELDS');
  if (fieldCount === undefined || !Number.isInteger(fieldCount) || fieldCount < 0 || fieldCount > 999) {
    throw invalid(`TFIELDS = ${String(header.value('TFIELDS'))}`);
  }
  let offsetBytes = 0;
  const layouts = Array.from({ length: fieldCount }, (_, index): ColumnLayout => {
    const number = index + 1;
    const form = header.text(`TFORM${number}`);
    const format = form === undefined ? undefined : parseTableFormat(form);
    if (format === undefined) throw invalid(`TFORM${number} = '${form ?? ''}'`);
    const layout = { format, offsetBytes, ...describeColumn(header, number, format) };
    offsetBytes += format.widthBytes;
    return layout;
  });
  if (offsetBytes > (axes[0] ?? 0)) {
    throw invalid(`its columns take ${offsetBytes} bytes of a row of ${axes[0] ?? 0}`);
  }
  return layouts;
}

function describeColumn(
  header: FitsHeader,
  number: number,
  format: ColumnFormat,
): Omit<ColumnLayout, 'format' | 'offsetBytes'> {
  const text = (keyword: string): string | undefined => header.word(`${keyword}${number}`);
  const nullValue = header.value(`TNULL${number}`);
  // Scaling and TNULL mean nothing for texts, logicals and bits (standard §7.3.2).
  const isNumeric = !['A', 'L', 'X'].includes(format.letter);
  return {
    name: text('TTYPE') ?? `col${number}`,
    unit: text('TUNIT'),
    ucd: text('TUCD'),
    description: text('TCOMM'),
    storage: {
      form: format.letter,
      descriptor: format.descriptor,
      scale: isNumeric ? (header.number(`TSCAL${number}`) ?? 1) : 1,
      zero: isNumeric ? (header.number(`TZERO${number}`) ?? 0) : 0,
      nullValue: isNumeric && (typeof nullValue === 'number' || typeof nullValue === 'bigint') ? nullValue : undefined,
      dimensions: text('TDIM'),
    },
  };
}
