import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { count, fixed, flux, probability as probabilityText } from '../../components/format.ts';
import { Empty, Panel } from '../../components/Panel.tsx';
import { ProbabilityBar } from '../../components/ProbabilityBar.tsx';
import { Untrained } from '../../components/Untrained.tsx';
import { useField } from '../../state/field.ts';
import { shownLabel, useLabeller, useLabels } from '../../state/labels.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';
import { orderedRows, statusText } from './table-rows.ts';
import type { SortKey, Sorting, StatusFilter } from './table-rows.ts';
import { LabelMark } from '../labels/LabelMark.tsx';
import './source-table.css';

const ROW_HEIGHT_PX = 26;
/** Sorting 300,000 rows takes longer than a frame: while the threshold is dragged the order waits for it to rest [ms]. */
const RESTING_MS = 150;
const NO_ROWS = new Int32Array(0);

const COLUMNS: readonly {
  readonly key: SortKey;
  readonly label: string;
  readonly hint: string;
  readonly isNumber: boolean;
}[] = [
  { key: 'name', label: 'Source', hint: 'Source_Name', isNumber: false },
  {
    key: 'probability',
    label: 'P(MC)',
    hint: 'softmax output under the balanced training prior, not a calibrated rate',
    isNumber: false,
  },
  { key: 'flux', label: 'Flux', hint: 'Total_flux', isNumber: true },
  { key: 'maj', label: 'Maj', hint: 'FWHM of the major axis', isNumber: true },
  { key: 'nearest', label: 'NN', hint: 'Distance to the nearest other source', isNumber: true },
  {
    key: 'status',
    label: 'Status',
    hint: 'MC: at or above the threshold. S: below. SISG: small, isolated, single Gaussian. No mosaic: the source lies on none of the open mosaics.',
    isNumber: false,
  },
  { key: 'label', label: 'Label', hint: 'Given by hand', isNumber: false },
];

const FILTERS: readonly { readonly value: StatusFilter; readonly label: string }[] = [
  { value: 'any', label: 'All sources' },
  { value: 'flagged', label: 'Flagged' },
  { value: 'not-flagged', label: 'Not flagged' },
  { value: 'sisg', label: 'SISG' },
  { value: 'without-result', label: 'Without result' },
];

export function SourceTable() {
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const threshold = useThreshold((state) => state.threshold);
  const [resting] = useDebouncedValue(threshold, RESTING_MS);
  const [text, setText] = useState('');
  const [status, setStatus] = useState<StatusFilter>('any');
  const [sorting, setSorting] = useState<Sorting>({ key: 'probability', isDescending: true });
  const needsThreshold = sorting.key === 'status' || status === 'flagged' || status === 'not-flagged';
  const orderThreshold = needsThreshold ? resting : 0;

  // Without a sorting by label, a new label leaves the order as it is.
  const said = useLabels((state) => (sorting.key === 'label' ? state.said : undefined));
  const labeller = useLabeller();
  const labelOf = useMemo(
    () => (row: number) => shownLabel(said?.get(row) ?? [], labeller)?.word ?? '',
    [said, labeller],
  );

  const rows = useMemo(() => {
    return sources === undefined
      ? NO_ROWS
      : orderedRows(sources, predictions, { text, status }, sorting, orderThreshold, labelOf);
  }, [sources, predictions, text, status, sorting, orderThreshold, labelOf]);

  useEffect(() => useListedRows.getState().setRows(rows), [rows]);

  const sortBy = (key: SortKey): void =>
    setSorting({
      key,
      isDescending:
        sorting.key === key ? !sorting.isDescending : key !== 'name' && key !== 'status' && key !== 'nearest',
    });

  const tools = (
    <>
      <Untrained />
      <span className="small quiet">
        {sources === undefined
          ? ''
          : rows.length === sources.rowCount
            ? count(rows.length)
            : `${count(rows.length)} of ${count(sources.rowCount)}`}
      </span>
      <NativeSelect
        aria-label="Show which sources"
        size="xs"
        data={[...FILTERS]}
        value={status}
        onChange={(event) =>
          setStatus(FILTERS.find((entry) => entry.value === event.currentTarget.value)?.value ?? 'any')
        }
        styles={{ input: { height: 22, minHeight: 22 } }}
      />
      <TextInput
        aria-label="Filter by name"
        placeholder="Filter by name"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        w={140}
        styles={{ input: { height: 22, minHeight: 22 } }}
      />
    </>
  );

  return (
    <Panel title="Sources" aside={tools}>
      <div className="table">
        <div className="table__head table__row">
          {COLUMNS.map(({ key, label, hint, isNumber }) => (
            <button
              key={key}
              type="button"
              title={hint}
              className={isNumber ? 'number' : ''}
              aria-label={`Sort by ${label}`}
              aria-pressed={sorting.key === key}
              onClick={() => sortBy(key)}
            >
              {label}
              {sorting.key === key ? (sorting.isDescending ? ' ↓' : ' ↑') : ''}
            </button>
          ))}
        </div>
        {sources === undefined ? (
          <Shape />
        ) : rows.length === 0 ? (
          <Empty
            title="No source passes the filter"
            action={
              <Button
                onClick={() => {
                  setText('');
                  setStatus('any');
                }}
              >
                Show all sources
              </Button>
            }
          >
            {text.trim() === '' ? 'None is of this kind.' : `No name of this kind holds “${text.trim()}”.`}
          </Empty>
        ) : (
          <Rows sources={sources} predictions={predictions} rows={rows} threshold={threshold} />
        )}
      </div>
    </Panel>
  );
}

interface RowsProps {
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns | undefined;
  readonly rows: Int32Array;
  readonly threshold: number;
}

function Rows({ sources, predictions, rows, threshold }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useSelection((state) => state.row);
  const select = useSelection((state) => state.select);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 8,
  });
  const place = useMemo(() => (selected === undefined ? -1 : rows.indexOf(selected)), [rows, selected]);

  // The selected row stays in view when results arrive and the order changes, until the reader scrolls elsewhere.
  const follows = useRef(true);
  useEffect(() => {
    follows.current = true;
  }, [selected]);
  useEffect(() => {
    if (place >= 0 && follows.current) virtual.scrollToIndex(place, { align: 'auto' });
    // `virtual` is a new object on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected, place]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT_PX) - 1);
    const targets: Partial<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place < 0 ? 0 : place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    select(rows[Math.min(rows.length - 1, Math.max(0, target))]);
  };

  return (
    <div
      ref={scroller}
      onWheel={() => (follows.current = false)}
      onPointerDown={() => (follows.current = false)}
      className="table__body"
      role="listbox"
      tabIndex={0}
      aria-label="Sources"
      aria-activedescendant={selected === undefined ? undefined : `source-${selected}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          const value = predictions?.probability[row] ?? Number.NaN;
          const status = statusText(sources, predictions, row, threshold);
          const size = flux(sources.totalFluxMjy[row]);
          return (
            <div
              key={row}
              id={`source-${row}`}
              role="option"
              aria-selected={row === selected}
              className="table__row"
              data-sisg={sources.sisg[row] === 1 ? true : undefined}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}
              onClick={() => select(row)}
            >
              <span className="cut">{sources.name[row]}</span>
              <span className="table__probability">
                <span className="number">{probabilityText(value)}</span>
                <ProbabilityBar value={value} />
              </span>
              <span className="number">
                {size.number} <span className="quiet">{size.unit}</span>
              </span>
              <span className="number">
                {fixed(sources.majArcsec[row], 1)}
                <span className="quiet">″</span>
              </span>
              <span className="number">
                {fixed(sources.nearestArcsec[row], 1)}
                <span className="quiet">″</span>
              </span>
              <span className="cut" data-status={status}>
                {status}
              </span>
              <LabelMark row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The shape of the rows to come. */
function Shape() {
  return (
    <div aria-hidden="true">
      {[0.7, 0.62, 0.74, 0.66, 0.7].map((width, i) => (
        <div key={i} className="table__row" style={{ gridTemplateColumns: '1fr' }}>
          <span className="shape" style={{ width: `${width * 100}%`, height: 10 }} />
        </div>
      ))}
    </div>
  );
}
