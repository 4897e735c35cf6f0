import type { ColumnChoice, ColumnReading, ColumnReport } from '../../../contract/column-report.ts';
import { Icon } from '../../components/Icon.tsx';
import './column-mapping.css';

interface ColumnMappingProps {
  readonly report: ColumnReport;
  readonly isStale: boolean;
  readonly onReading: (reading: ColumnReading) => void;
}

const UNITS = [
  { value: '', label: 'told by the values' },
  { value: 'survey', label: 'arcsec, mJy (LoTSS)' },
  { value: 'pybdsf', label: 'degrees, Jy (PyBDSF)' },
] as const;

const PROBLEMS = {
  'not-numeric': 'not one number per row',
  'unit-unknown': 'a unit that cannot be converted',
} as const;

/** Which column of a catalogue is taken for each quantity, in which unit, with its first values; and another choice. */
export function ColumnMapping({ report, isStale, onReading }: ColumnMappingProps) {
  const { choices, reading } = report;
  const map = (choice: ColumnChoice, theirs: string): void => {
    const others = reading.map.filter((pair) => pair.split('=')[0]?.toLowerCase() !== choice.title.toLowerCase());
    onReading({ ...reading, map: theirs === '' ? others : [...others, `${choice.title}=${theirs}`] });
  };
  const isAnyUnitAssumed = choices.some(({ isUnitAssumed, unit }) => isUnitAssumed && unit !== '' && unit !== 'deg');
  return (
    <div className="mapping" data-stale={isStale ? true : undefined}>
      <table className="mapping__table">
        <thead>
          <tr className="quiet small">
            <th scope="col">Quantity</th>
            <th scope="col">Column of the catalogue</th>
            <th scope="col">Unit</th>
            <th scope="col">First values</th>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => (
            <Line key={choice.title} choice={choice} columns={report.columns} onChoose={(name) => map(choice, name)} />
          ))}
        </tbody>
      </table>
      {(isAnyUnitAssumed || reading.units !== undefined) && (
        <label className="mapping__units">
          Units of columns that name none
          <select
            value={reading.units ?? ''}
            onChange={(event) => {
              const units = UNITS.find(({ value }) => value === event.currentTarget.value)?.value;
              onReading({ map: reading.map, ...(units === undefined || units === '' ? {} : { units }) });
            }}
          >
            {UNITS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** Longer numbers than a position needs tell nothing at a glance; everything else stands as the file has it. */
function shortened(value: string): string {
  if (value === '') return '–';
  const number = Number(value);
  return value.length > 9 && Number.isFinite(number) ? String(Number(number.toPrecision(7))) : value;
}

interface LineProps {
  readonly choice: ColumnChoice;
  readonly columns: readonly string[];
  readonly onChoose: (name: string) => void;
}

function Line({ choice, columns, onChoose }: LineProps) {
  const { title, description, isRequired, found, foundByName, isMapped, unit, isUnitAssumed, problem } = choice;
  const isMissing = isRequired && found === null;
  return (
    <tr data-missing={isMissing || problem !== null ? true : undefined}>
      <th scope="row" title={description}>
        {title}
      </th>
      <td>
        <select
          aria-label={`Column for ${title}`}
          className={found === null ? 'quiet' : undefined}
          value={isMapped ? (found ?? '') : ''}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          <option value="">{foundByName ?? 'none'}</option>
          {columns
            .filter((name) => name !== foundByName)
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </select>
        {isMapped && <span className="mapping__mark small">chosen</span>}
      </td>
      <td className={isUnitAssumed ? 'quiet' : undefined} title={isUnitAssumed ? 'The catalogue names no unit' : ''}>
        {unit}
        {isUnitAssumed && unit !== '' && <span className="small"> assumed</span>}
      </td>
      <td className="mapping__values cut">
        {problem !== null ? (
          <Problem>{PROBLEMS[problem]}</Problem>
        ) : isMissing ? (
          <Problem>needed</Problem>
        ) : (
          choice.values.map(shortened).join('   ')
        )}
      </td>
    </tr>
  );
}

function Problem({ children }: { readonly children: string }) {
  return (
    <span className="mapping__problem">
      <Icon name="warning" size={13} /> {children}
    </span>
  );
}
