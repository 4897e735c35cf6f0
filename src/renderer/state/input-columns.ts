import { create } from 'zustand';
import type { CatalogueColumn } from '../../contract/table.ts';

export type InputValues = Float64Array | readonly string[];

interface InputColumnState {
  /** The columns of the catalogue's file; undefined until the engine has answered. */
  readonly described: readonly CatalogueColumn[] | undefined;
  /** Values of those that were asked for, by name. */
  readonly values: ReadonlyMap<string, InputValues>;
  readonly setDescribed: (described: readonly CatalogueColumn[] | undefined) => void;
  readonly add: (name: string, values: InputValues) => void;
}

/** Columns of the catalogue as its file has them, fetched when they are first shown, sorted or filtered by. */
export const useInputColumns = create<InputColumnState>()((set, get) => ({
  described: undefined,
  values: new Map(),
  setDescribed: (described) => set({ described, values: new Map() }),
  add: (name, values) => set({ values: new Map(get().values).set(name, values) }),
}));
