import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { fixed, flux, probability as probabilityText } from '../../components/format.ts';
import { ProbabilityBar } from '../../components/ProbabilityBar.tsx';
import type { InputValues } from '../../state/input-columns.ts';
import { labellerOf, shownLabel, useLabels } from '../../state/labels.ts';
import { inputColumnName } from '../../state/table.ts';
import { LabelMark } from '../labels/LabelMark.tsx';
import { useThreshold } from '../../state/threshold.ts';
import { statusText } from './status-text.ts';
import type { TableColumn } from './table-columns.ts';

export interface CellValues {
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns | undefined;
  readonly inputs: ReadonlyMap<string, InputValues>;
}

interface CellProps extends CellValues {
  readonly column: TableColumn;
  readonly row: number;
}

/** One value as it is read best; `cellText` has it as it is computed with. */
export function Cell({ column, row, sources, predictions, inputs }: CellProps) {
  switch (column.id) {
    case 'source':
      return <span className="cut">{sources.name[row]}</span>;
    case 'p': {
      const value = predictions?.probability[row] ?? Number.NaN;
      return (
        <span className="table__probability">
          <span className="number">{probabilityText(value)}</span>
          <ProbabilityBar value={value} />
        </span>
      );
    }
    case 'flux': {
      const { number, unit } = flux(sources.totalFluxMjy[row]);
      return (
        <span className="number">
          {number} <span className="quiet">{unit}</span>
        </span>
      );
    }
    case 'maj':
      return <Arcsec value={sources.majArcsec[row]} />;
    case 'nn':
      return <Arcsec value={sources.nearestArcsec[row]} />;
    case 'status':
      return <Status sources={sources} predictions={predictions} row={row} />;
    case 'twice':
      return <span className="cut quiet">{twiceText(sources, row)}</span>;
    case 'label':
      return <LabelMark row={row} />;
    default: {
      const values = inputs.get(inputColumnName(column.id) ?? '');
      if (values === undefined) return <span className="shape table__coming" />;
      if (!(values instanceof Float64Array)) return <span className="cut">{values[row]}</span>;
      return <span className="number cut">{numberText(values[row]!)}</span>;
    }
  }
}

/** The only cell that a threshold changes: it alone follows one, and is drawn again where its word changes. */
function Status({ sources, predictions, row }: Pick<CellProps, 'sources' | 'predictions' | 'row'>) {
  const status = useThreshold(({ threshold }) => statusText(sources, predictions, row, threshold));
  return (
    <span className="cut" data-status={status}>
      {status}
    </span>
  );
}

/** The other row of the same source; '' where the catalogue has the source once. */
function twiceText({ name, duplicateRow }: SourceColumns, row: number): string {
  const other = duplicateRow[row] ?? -1;
  return other < 0 ? '' : name[other] === name[row] ? `${name[other]!} #${other}` : name[other]!;
}

function Arcsec({ value }: { readonly value: number | undefined }) {
  return (
    <span className="number">
      {fixed(value, 1)}
      <span className="quiet">″</span>
    </span>
  );
}

/** A catalogue's number, short enough for a cell; the copied text has all its digits. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return '–';
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
  return text.replace('-', '−');
}

/** The value for a spreadsheet: all digits, a point, no unit; empty where it is missing. */
export function cellText({ id }: TableColumn, row: number, { sources, predictions, inputs }: CellValues): string {
  const plain = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : String(value);
  switch (id) {
    case 'source':
      return sources.name[row] ?? '';
    case 'p':
      return plain(predictions?.probability[row]);
    case 'flux':
      return plain(sources.totalFluxMjy[row]);
    case 'maj':
      return plain(sources.majArcsec[row]);
    case 'nn':
      return plain(sources.nearestArcsec[row]);
    case 'status':
      return statusText(sources, predictions, row, useThreshold.getState().threshold);
    case 'twice':
      return twiceText(sources, row);
    case 'label': {
      const { said, ...who } = useLabels.getState();
      return shownLabel(said.get(row) ?? [], labellerOf(who))?.word ?? '';
    }
    default: {
      const value = inputs.get(inputColumnName(id) ?? '')?.[row];
      return typeof value === 'number' ? plain(value) : (value ?? '').replace(/[\t\r\n]/g, ' ');
    }
  }
}
