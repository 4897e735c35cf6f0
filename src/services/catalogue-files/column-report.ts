import type { ColumnReading, ColumnReport } from '../../contract/column-report.ts';
import { columnChoices, firstValues } from '../../core/catalogue/column-choices.ts';
import { parseColumnMap } from '../../core/catalogue/column-map.ts';
import { toSourceCatalogue } from '../../core/catalogue/read-catalogue.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { readTableFile } from '../table-files/read-table-file.ts';

/** Rows that are looked at: enough for a median and for the eye, read in an instant. */
const ROWS_LOOKED_AT = 2000;
const VALUES_SHOWN = 3;

/**
 * How the columns of a catalogue file are understood under a reading.
 * @throws DomainFailure what `readTableFile` throws; argument-invalid for a map that is none
 */
export async function columnReportOfFile(path: string, reading: ColumnReading): Promise<ColumnReport> {
  return columnReport(await readTableFile(path, { rows: ROWS_LOOKED_AT }), path, reading);
}

function columnReport(table: Table, path: string, reading: ColumnReading): ColumnReport {
  const options = { units: reading.units, columnMap: parseColumnMap(reading.map) };
  return {
    path,
    columns: table.columns.map(({ name }) => name),
    choices: columnChoices(table, options).map(({ found, foundByName, problem, ...choice }) => ({
      ...choice,
      found: found?.column.name ?? null,
      isMapped: found?.by === 'map',
      foundByName: foundByName ?? null,
      unit: found?.unit ?? '',
      isUnitAssumed: found?.isUnitAssumed ?? false,
      problem: problem ?? null,
      values: found === undefined ? [] : [...firstValues(found.column, VALUES_SHOWN)],
    })),
    reading,
    ...understanding(table, path, options),
  };
}

/** Whether the first rows make a catalogue, and what they betray. */
function understanding(
  table: Table,
  path: string,
  options: Parameters<typeof toSourceCatalogue>[2],
): Pick<ColumnReport, 'dialect' | 'refusal' | 'warnings'> {
  try {
    const { dialect, notices } = toSourceCatalogue(table, path, options);
    const warnings = notices.filter(({ level }) => level === 'warning').map(({ message }) => message);
    return { dialect, refusal: null, warnings };
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error === undefined) throw thrown;
    return { dialect: '', refusal: describeError(error), warnings: [] };
  }
}
