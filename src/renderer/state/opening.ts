import { create } from 'zustand';
import type { ColumnReading } from '../../contract/column-report.ts';
import type { FieldSky } from '../../contract/schemas.ts';
import { chosenRole, NO_CHOICE, roleOf, toggled } from './file-roles.ts';
import type { Choice } from './file-roles.ts';

/** Columns by their names, units as the file says. */
export const BY_NAME: ColumnReading = { map: [] };

interface OpeningState {
  /** Files gathered for the field to open; kept while the dialog is closed. */
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
  /** How the columns of the chosen catalogue are to be read; another catalogue begins without. */
  readonly reading: ColumnReading;
  readonly setReading: (reading: ColumnReading) => void;
  /** Of the field whose catalogue is being read; undefined while its mosaics cannot be seen yet, and where none is opened. */
  readonly sky: FieldSky | undefined;
  readonly setSky: (sky: FieldSky | undefined) => void;
  /** Adds files by the role that their names suggest; those already chosen stay. */
  readonly addPaths: (paths: readonly string[]) => void;
}

const TABLE = /\.(csv|tsv|ecsv|vot|xml|parquet)$/i;

export const useOpening = create<OpeningState>()((set, get) => ({
  choice: NO_CHOICE,
  setChoice: (choice) => set(choice.catalogue === get().choice.catalogue ? { choice } : { choice, reading: BY_NAME }),
  reading: BY_NAME,
  setReading: (reading) => set({ reading }),
  sky: undefined,
  setSky: (sky) => set({ sky }),
  addPaths: (paths) => {
    let { choice } = get();
    for (const path of paths) {
      const name = path.split(/[/\\]/).at(-1) ?? path;
      const role = roleOf(name, TABLE.test(name) ? 'table' : 'fits');
      if (role !== 'project' && chosenRole(choice, path) === undefined) choice = toggled(choice, path, role);
    }
    get().setChoice(choice);
  },
}));
