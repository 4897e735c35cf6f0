import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { count } from '../../components/format.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { showPanel } from '../../state/dock.ts';
import { useInputColumns } from '../../state/input-columns.ts';
import { useSelection } from '../../state/selection.ts';
import { cellText, Cell } from './Cell.tsx';
import { chosenBetween, toggledRow } from './chosen-rows.ts';
import type { TableColumn } from './table-columns.ts';

export const ROW_HEIGHT_PX = 26;
/** More cells than any spreadsheet takes from a clipboard. */
const MOST_COPIED_ROWS = 200_000;

interface TableRowsProps {
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns | undefined;
  readonly columns: readonly TableColumn[];
  readonly rows: Int32Array;
}

/** The listed rows, of which only those in view are drawn. One is selected; several can be chosen and copied. */
export function TableRows({ sources, predictions, columns, rows }: TableRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const selected = useSelection((state) => state.row);
  const select = useSelection((state) => state.select);
  const inputs = useInputColumns((state) => state.values);
  const chosenRows = useSelection((state) => state.chosen);
  const chosen = useMemo(() => new Set(chosenRows), [chosenRows]);
  const setChosen = (next: ReadonlySet<number>): void =>
    useSelection.getState().choose(Uint32Array.from(next).sort(), 'replace');
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 8,
  });
  const place = useMemo(() => (selected === undefined ? -1 : rows.indexOf(selected)), [rows, selected]);
  const drawn = virtual.getVirtualItems();
  // Only what is drawn can be pointed to: the selected row may be far from what is in view.
  const isSelectedDrawn = place >= 0 && drawn.some(({ index }) => index === place);
  const isHere = (): boolean => scroller.current?.contains(document.activeElement) === true;

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

  const goTo = (target: number, extends_: boolean): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, target))];
    if (row === undefined) return;
    if (extends_) setChosen(chosenBetween(rows, selected, row, chosen));
    select(row);
  };
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
    goTo(target, event.shiftKey);
  };
  const onClick = (event: MouseEvent, row: number): void => {
    if (event.ctrlKey || event.metaKey) setChosen(toggledRow(chosen, row, selected));
    else {
      goTo(rows.indexOf(row), event.shiftKey);
      // Whoever clicks wants the page; whoever walks with the keys may be watching a figure in front of it.
      showPanel('source');
    }
  };

  useKeys({
    'next-source': () => goTo(place + 1, false),
    'previous-source': () => goTo(place < 0 ? 0 : place - 1, false),
    'choose-all': () => {
      if (!isHere()) return false;
      setChosen(new Set(rows));
      return undefined;
    },
    'copy-rows': () => {
      if (!isHere() || window.getSelection()?.isCollapsed === false) return false;
      const copied = (chosen.size === 0 ? [selected] : [...rows].filter((row) => chosen.has(row))).filter(
        (row) => row !== undefined,
      );
      if (copied.length === 0) return false;
      const cells = { sources, predictions, inputs };
      const lines = copied
        .slice(0, MOST_COPIED_ROWS)
        .map((row) => columns.map((column) => cellText(column, row, cells)).join('\t'));
      navigator.clipboard.writeText([columns.map(({ label }) => label).join('\t'), ...lines].join('\n')).then(
        () => notify('info', `${count(lines.length)} ${lines.length === 1 ? 'row' : 'rows'} copied, columns by tabs.`),
        (error: unknown) => notifyError('The rows were not copied', error),
      );
      return undefined;
    },
  });

  return (
    <div
      ref={scroller}
      onWheel={() => (follows.current = false)}
      onPointerDown={() => (follows.current = false)}
      className="table__body"
      role="listbox"
      aria-multiselectable="true"
      tabIndex={0}
      aria-label="Sources"
      aria-activedescendant={isSelectedDrawn ? `source-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {drawn.map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={row}
              id={`source-${row}`}
              role="option"
              aria-selected={row === selected}
              className="table__row"
              data-chosen={chosen.has(row) ? true : undefined}
              data-sisg={sources.sisg[row] === 1 ? true : undefined}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}
              onClick={(event) => onClick(event, row)}
            >
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  column={column}
                  row={row}
                  sources={sources}
                  predictions={predictions}
                  inputs={inputs}
                />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
