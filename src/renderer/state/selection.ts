import { create } from 'zustand';
import { useHistory } from './history.ts';

interface SelectionState {
  /** Catalogue row, counted from 0. */
  readonly row: number | undefined;
  /** Whether the sky should centre on the row: a click on the sky itself should not move the sky. */
  readonly centres: boolean;
  /** Neighbours of the selected source, dashed on the sky. */
  readonly neighbours: readonly number[];
  /** A bare sky position to centre on; the number tells two equal requests apart. */
  readonly target: { readonly raDeg: number; readonly decDeg: number; readonly request: number } | undefined;
  readonly select: (row: number | undefined, options?: { readonly centres?: boolean }) => void;
  readonly setNeighbours: (rows: readonly number[]) => void;
  readonly goTo: (raDeg: number, decDeg: number) => void;
}

export const useSelection = create<SelectionState>()((set, get) => ({
  row: undefined,
  centres: false,
  neighbours: [],
  target: undefined,
  select: (row, options) => {
    const before = get().row;
    const show = (chosen: number | undefined, centres: boolean): void => {
      if (chosen !== get().row) set({ neighbours: [] });
      set({ row: chosen, centres });
    };
    show(row, options?.centres ?? true);
    if (row === before) return;
    useHistory.getState().record({
      label: 'selection',
      gesture: 'selection',
      undo: () => show(before, true),
      redo: () => show(row, true),
    });
  },
  setNeighbours: (neighbours) => set({ neighbours }),
  goTo: (raDeg, decDeg) => set({ target: { raDeg, decDeg, request: (get().target?.request ?? 0) + 1 } }),
}));
