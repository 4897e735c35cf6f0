import { create } from 'zustand';
import type { SourceColumns } from '../../contract/column-sets.ts';
import type { ProjectSummary } from '../../contract/schemas.ts';

interface FieldState {
  /** The open project; null where none is open, undefined until the engine has answered. */
  readonly project: ProjectSummary | null | undefined;
  readonly sources: SourceColumns | undefined;
  /** Sentence of what went wrong while the columns were loaded. */
  readonly failure: string | undefined;
  readonly setProject: (project: ProjectSummary | null) => void;
  readonly setSources: (sources: SourceColumns | undefined) => void;
  readonly setFailure: (failure: string | undefined) => void;
}

export const useField = create<FieldState>()((set) => ({
  project: undefined,
  sources: undefined,
  failure: undefined,
  setProject: (project) => set({ project }),
  setSources: (sources) => set({ sources }),
  setFailure: (failure) => set({ failure }),
}));
