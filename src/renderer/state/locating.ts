import { create } from 'zustand';

interface LocatingState {
  /** Path of the project some of whose files are not where they were. */
  readonly project: string | undefined;
  readonly setProject: (project: string | undefined) => void;
}

export const useLocating = create<LocatingState>()((set) => ({
  project: undefined,
  setProject: (project) => set({ project }),
}));
