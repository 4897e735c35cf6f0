import { create } from 'zustand';
import type { StatusFilter } from '../row-order/row-order.ts';
import { useField } from './field.ts';
import { useSession } from './session.ts';

/** Columns that every field has, in their order; the catalogue's own come behind them. */
export const STANDARD_COLUMNS = ['source', 'p', 'flux', 'maj', 'nn', 'status', 'label'] as const;

/** A column of the catalogue's file, by its name there. */
export const inputColumnId = (name: string): string => `in:${name}`;
export const inputColumnName = (id: string): string | undefined => (id.startsWith('in:') ? id.slice(3) : undefined);

interface TableState {
  /** Ids of the shown columns. */
  readonly columns: readonly string[];
  readonly sortedBy: string;
  readonly isDescending: boolean;
  /** A filter expression, or a part of a name. */
  readonly filter: string;
  readonly status: StatusFilter;
  readonly set: (change: Partial<Omit<TableState, 'set' | 'restore'>>) => void;
  /** As the project was left, or as a new one is. */
  readonly restore: () => void;
}

const FIRST = {
  columns: STANDARD_COLUMNS as readonly string[],
  sortedBy: 'p',
  isDescending: true,
  filter: '',
  status: 'any' as StatusFilter,
};
/** Sources that the catalogue has twice are shown from the first. */
function firstColumns(): readonly string[] {
  const hasDuplicates = useField.getState().sources?.duplicateRow.some((row) => row >= 0) === true;
  return hasDuplicates ? [...STANDARD_COLUMNS.slice(0, -1), 'twice', 'label'] : FIRST.columns;
}

const STATUSES: readonly StatusFilter[] = ['any', 'flagged', 'not-flagged', 'sisg', 'without-result'];

/** What the table shows, in which order; noted in the session. */
export const useTable = create<TableState>()((set, get) => ({
  ...FIRST,
  set: (change) => {
    set(change);
    const { columns, sortedBy, isDescending, filter, status } = get();
    useSession
      .getState()
      .note({ table: { columns: [...columns], sorting: { column: sortedBy, isDescending }, filter, status } });
  },
  restore: () => {
    const kept = useSession.getState().view.table;
    set({
      columns: kept?.columns ?? firstColumns(),
      sortedBy: kept?.sorting?.column ?? FIRST.sortedBy,
      isDescending: kept?.sorting?.isDescending ?? FIRST.isDescending,
      filter: kept?.filter ?? FIRST.filter,
      status: STATUSES.find((status) => status === kept?.status) ?? FIRST.status,
    });
  },
}));
