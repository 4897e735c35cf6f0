import type { Table } from '../../core/table/table.ts';
import type { CsvwMetadata } from '../table-files/csvw-schema.ts';
import { CSVW_CONTEXT, CSVW_SUFFIX, UCD_PROPERTY } from '../table-files/csvw-schema.ts';
import type { Companion } from './table-writer.ts';

/**
 * What a CSV file cannot say, in the file that the W3C's "CSV on the Web" looks for beside it: `X.csv-metadata.json`
 * with units, UCDs, descriptions and entries. A comment inside the CSV would be a broken row to TOPCAT and pandas.
 * @returns undefined where nothing is said of the table as a whole: a plain CSV file stays alone
 */
export function csvwMetadata(table: Table, fileName: string): Companion | undefined {
  if (table.entries === undefined || table.entries.length === 0) return undefined;
  const metadata: CsvwMetadata = {
    '@context': CSVW_CONTEXT,
    url: fileName,
    'schema:additionalProperty': table.entries.map(({ name, value, description }) => ({
      'schema:name': name,
      'schema:value': value,
      ...(description === undefined ? {} : { 'schema:description': description }),
    })),
    tableSchema: {
      columns: table.columns.flatMap(({ name, unit, ucd, description, repeat }) =>
        Array.from({ length: repeat }, (_, k) => ({
          titles: repeat === 1 ? name : `${name}_${k + 1}`,
          ...(unit ? { 'schema:unitText': unit } : {}),
          ...(ucd ? { [UCD_PROPERTY]: ucd } : {}),
          ...(description ? { 'dc:description': description } : {}),
        })),
      ),
    },
  };
  return { suffix: CSVW_SUFFIX, content: `${JSON.stringify(metadata, null, 1)}\n` };
}
