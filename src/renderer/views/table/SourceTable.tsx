import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { CSSProperties } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { count } from '../../components/format.ts';
import { Empty, Panel } from '../../components/Panel.tsx';
import { Untrained } from '../../components/Untrained.tsx';
import type { StatusFilter } from '../../row-order/row-order.ts';
import { useField } from '../../state/field.ts';
import { useInputColumns } from '../../state/input-columns.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { usePredictions } from '../../state/predictions.ts';
import { rowMask } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';
import { useTable } from '../../state/table.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { FilterBox } from './FilterBox.tsx';
import { HeaderCell } from './HeaderCell.tsx';
import { tableColumns } from './table-columns.ts';
import { TableRows } from './TableRows.tsx';
import { useOrderedRows } from './use-ordered-rows.ts';
import './source-table.css';

/** Between two columns, and beside them with the scroll bar [CSS pixel]; as in the style sheet. */
const GAP_PX = 10;
const SIDES_PX = 24 + 12;

const STATUSES: readonly { readonly value: StatusFilter; readonly label: string }[] = [
  { value: 'any', label: 'All sources' },
  { value: 'flagged', label: 'Flagged' },
  { value: 'not-flagged', label: 'Not flagged' },
  { value: 'sisg', label: 'SISG' },
  { value: 'without-result', label: 'Without result' },
];

export function SourceTable() {
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const { columns: shownIds, filter, status, set } = useTable();
  const described = useDescribedColumns();
  const available = useMemo(() => tableColumns(described), [described]);
  const columns = useMemo(
    () => shownIds.flatMap((id) => available.find((column) => column.id === id) ?? []),
    [shownIds, available],
  );
  const answer = useOrderedRows(columns, available);
  const { chosen, isOnlyChosenShown, showOnlyChosen } = useSelection(
    useShallow(({ chosen, isOnlyChosenShown, showOnlyChosen }) => ({ chosen, isOnlyChosenShown, showOnlyChosen })),
  );
  const rows = useMemo(() => {
    if (!isOnlyChosenShown || answer === undefined || sources === undefined) return answer?.rows;
    const isChosen = rowMask(chosen, sources.rowCount);
    return answer.rows.filter((row) => isChosen[row] === 1);
  }, [answer, chosen, isOnlyChosenShown, sources]);
  useEffect(() => useListedRows.getState().setRows(rows, answer?.mask), [rows, answer]);

  const tools = (
    <>
      <Untrained />
      {isOnlyChosenShown && (
        <Button size="compact-xs" variant="default" onClick={() => showOnlyChosen(false)}>
          Only the {count(chosen.length)} chosen ✕
        </Button>
      )}
      <span className="small quiet">{countText(rows?.length, sources?.rowCount)}</span>
      <ChoiceSelect
        isLow
        aria-label="Show which sources"
        choices={STATUSES}
        value={status}
        onChoose={(chosen) => set({ status: chosen })}
      />
      <FilterBox problem={answer?.problem} />
      <ColumnMenu available={available} />
    </>
  );
  const tracks = {
    '--table-tracks': columns.map(({ leastPx, share }) => `minmax(${leastPx}px, ${share}fr)`).join(' '),
    '--table-width': `${columns.reduce((sum, { leastPx }) => sum + leastPx + GAP_PX, SIDES_PX)}px`,
  } as CSSProperties;

  return (
    <Panel title="Sources" aside={tools}>
      <div className="table" style={tracks}>
        {answer?.problem !== undefined && (
          <div className="table__problem" role="status">
            {answer.problem.sentence} All sources of this kind are listed.
          </div>
        )}
        <div className="table__sheet">
          <div className="table__head table__row">
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} histogram={answer?.histograms[column.orderedBy]} />
            ))}
          </div>
          {sources === undefined || rows === undefined ? (
            <Shape />
          ) : rows.length === 0 ? (
            <Empty
              title="No source passes the filter"
              action={
                <Button
                  onClick={() => {
                    set({ filter: '', status: 'any' });
                    showOnlyChosen(false);
                  }}
                >
                  Show all sources
                </Button>
              }
            >
              {filter.trim() === '' ? 'None is of this kind.' : `None of this kind passes “${filter.trim()}”.`}
            </Empty>
          ) : (
            <TableRows sources={sources} predictions={predictions} columns={columns} rows={rows} />
          )}
        </div>
      </div>
    </Panel>
  );
}

function countText(listed: number | undefined, all: number | undefined): string {
  if (listed === undefined || all === undefined) return '';
  return listed === all ? count(all) : `${count(listed)} of ${count(all)}`;
}

/** The columns of the catalogue's file, asked for once per field. */
function useDescribedColumns() {
  const engine = useEngine();
  const sources = useField((state) => state.sources);
  const described = useInputColumns((state) => state.described);
  useEffect(() => {
    const { setDescribed } = useInputColumns.getState();
    setDescribed(undefined);
    useTable.getState().restore();
    if (sources === undefined) return;
    engine.table
      .columns()
      .then(setDescribed)
      .catch((error: unknown) => notifyError('The columns of the catalogue are not known', error));
  }, [engine, sources]);
  return described;
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
