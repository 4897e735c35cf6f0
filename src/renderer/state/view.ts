import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ImageColormap, ImageStretch } from '../sky-map/sky-map-types.ts';

export type Dialog = 'open' | 'about' | 'keys' | undefined;

interface ViewState {
  readonly fieldWidth: number;
  readonly sourceWidth: number;
  readonly tableHeight: number;
  readonly isFieldShown: boolean;
  readonly areDegreesShown: boolean;
  readonly colormap: ImageColormap;
  readonly stretch: ImageStretch;
  readonly dialog: Dialog;
  readonly set: (change: Partial<Omit<ViewState, 'set'>>) => void;
}

/** How the window is arranged. All but the open dialog survives a restart of the window. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      fieldWidth: 232,
      sourceWidth: 424,
      tableHeight: 236,
      isFieldShown: true,
      areDegreesShown: false,
      colormap: 'grayscale',
      stretch: 'asinh',
      dialog: undefined,
      set: (change) => set(change),
    }),
    {
      name: 'lobate-view',
      version: 1,
      // An open dialog is not an arrangement of the window.
      partialize: ({ dialog, ...kept }) => (dialog === undefined ? kept : { ...kept, dialog: undefined }),
    },
  ),
);
