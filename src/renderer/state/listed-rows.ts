import { create } from 'zustand';

interface ListedRowsState {
  /** Rows that the table shows now, in its order: what "current selection" means elsewhere. */
  readonly rows: Int32Array | undefined;
  readonly setRows: (rows: Int32Array | undefined) => void;
}

export const useListedRows = create<ListedRowsState>()((set) => ({
  rows: undefined,
  setRows: (rows) => set({ rows }),
}));
