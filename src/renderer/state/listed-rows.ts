import { create } from 'zustand';

interface ListedRowsState {
  /** Rows that the table shows now, in its order: what "current selection" means elsewhere. */
  readonly rows: Int32Array | undefined;
  /** One entry per catalogue row, 1 where it is listed; undefined where all are. The sky shows these alone. */
  readonly mask: Uint8Array | undefined;
  readonly setRows: (rows: Int32Array | undefined, mask?: Uint8Array) => void;
}

export const useListedRows = create<ListedRowsState>()((set) => ({
  rows: undefined,
  mask: undefined,
  setRows: (rows, mask) => set({ rows, mask }),
}));
