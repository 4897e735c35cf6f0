import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { machineSettings } from './machine-settings.ts';

export type Dialog =
  | 'open'
  | 'export'
  | 'preflight'
  | 'columns'
  | 'recipe'
  | 'about'
  | 'keys'
  | 'locate'
  | 'save-copy'
  | 'training'
  | 'models'
  | 'online'
  | undefined;

interface ViewState {
  readonly areDegreesShown: boolean;
  readonly dialog: Dialog;
  readonly set: (change: Partial<Omit<ViewState, 'set'>>) => void;
}

/** How things are shown, where the panels themselves are the dock's. All but the open dialog survives a restart of the window. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      areDegreesShown: false,
      dialog: undefined,
      set: (change) => set(change),
    }),
    {
      name: 'lobate-view',
      version: 2,
      storage: createJSONStorage(() => machineSettings.storage),
      // An open dialog is not a way of showing things.
      partialize: ({ dialog, ...kept }) => (dialog === undefined ? kept : { ...kept, dialog: undefined }),
    },
  ),
);
