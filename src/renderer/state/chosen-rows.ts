import { create } from 'zustand';

interface ChosenRowsState {
  /** Rows picked on a figure: a cell of a matrix, a bar, a bin. The table shows them alone while they are chosen. */
  readonly rows: ReadonlySet<number> | undefined;
  /** What they have in common, in words: "FN · Non-SISG". */
  readonly words: string;
  readonly choose: (rows: ReadonlySet<number>, words: string) => void;
  readonly clear: () => void;
}

export const useChosenRows = create<ChosenRowsState>()((set) => ({
  rows: undefined,
  words: '',
  choose: (rows, words) => set({ rows, words }),
  clear: () => set({ rows: undefined, words: '' }),
}));
