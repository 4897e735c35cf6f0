import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { machineSettings } from './machine-settings.ts';
import type { ImageColormap, ImageStretch } from '../sky-map/sky-map-types.ts';

export type Dialog = 'open' | 'about' | 'keys' | 'locate' | 'save-copy' | undefined;

interface ViewState {
  readonly areDegreesShown: boolean;
  readonly colormap: ImageColormap;
  readonly stretch: ImageStretch;
  readonly dialog: Dialog;
  readonly set: (change: Partial<Omit<ViewState, 'set'>>) => void;
}

/** How things are shown, where the panels themselves are the dock's. All but the open dialog survives a restart of the window. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      areDegreesShown: false,
      colormap: 'grayscale',
      stretch: 'asinh',
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
