import { create } from 'zustand';
import { useHistory } from './history.ts';
import type { RowSet, SetMode } from './row-set.ts';
import { combinedRows, NO_ROWS } from './row-set.ts';

/** What the sky does about a selection: centre on it, stay where it is, or wait for `followSky` and centre then. */
export type SkyFollows = 'centres' | 'stays' | 'waits';

interface SelectionState {
  /** Catalogue row, counted from 0: the one source that the panels are about. */
  readonly row: number | undefined;
  /** The row that the sky marks: `row`, or an earlier one while it waits. */
  readonly skyRow: number | undefined;
  /** Whether the sky should centre on the row: a click on the sky itself should not move the sky. */
  readonly centres: boolean;
  /** Neighbours of the selected source, dashed on the sky. */
  readonly neighbours: readonly number[];
  /** Rows chosen together, on the sky or in the table; ringed on the sky. */
  readonly chosen: RowSet;
  /** Whether sky and table show the chosen rows only. */
  readonly isOnlyChosenShown: boolean;
  /** A bare sky position to centre on; the number tells two equal requests apart. */
  readonly target: { readonly raDeg: number; readonly decDeg: number; readonly request: number } | undefined;
  readonly select: (row: number | undefined, sky?: SkyFollows) => void;
  /** The selection of a stored session or of a field just opened: nobody made it, so there is nothing to take back. */
  readonly adoptSelection: (row: number | undefined, sky?: SkyFollows) => void;
  /** The sky catches up with a selection that it waited for. */
  readonly followSky: () => void;
  readonly setNeighbours: (rows: readonly number[]) => void;
  /** @param rows ascending */
  readonly choose: (rows: RowSet, mode: SetMode) => void;
  readonly showOnlyChosen: (isOn: boolean) => void;
  readonly goTo: (raDeg: number, decDeg: number) => void;
}

export const useSelection = create<SelectionState>()((set, get) => {
  const show = (row: number | undefined, sky: SkyFollows): void => {
    const neighbours = row === get().row ? get().neighbours : [];
    if (sky === 'waits') set({ row, neighbours });
    else set({ row, neighbours, skyRow: row, centres: sky === 'centres' });
  };
  return {
    row: undefined,
    skyRow: undefined,
    centres: false,
    neighbours: [],
    chosen: NO_ROWS,
    isOnlyChosenShown: false,
    target: undefined,
    select: (row, sky = 'centres') => {
      const before = get().row;
      show(row, sky);
      if (row === before) return;
      useHistory.getState().record({
        label: 'selection',
        gesture: 'selection',
        undo: () => show(before, 'centres'),
        redo: () => show(row, 'centres'),
      });
    },
    adoptSelection: (row, sky = 'centres') => show(row, sky),
    followSky: () => {
      if (get().skyRow !== get().row) set({ skyRow: get().row, centres: true });
    },
    setNeighbours: (neighbours) => set({ neighbours }),
    choose: (rows, mode) => {
      const chosen = combinedRows(get().chosen, rows, mode);
      set({ chosen, isOnlyChosenShown: get().isOnlyChosenShown && chosen.length > 0 });
    },
    showOnlyChosen: (isOn) => set({ isOnlyChosenShown: isOn && get().chosen.length > 0 }),
    goTo: (raDeg, decDeg) => set({ target: { raDeg, decDeg, request: (get().target?.request ?? 0) + 1 } }),
  };
});
