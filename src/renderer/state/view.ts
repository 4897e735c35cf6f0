import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type SkyColormap = 'magma' | 'inferno' | 'viridis' | 'cividis' | 'grayscale' | 'cubehelix';
export type SkyStretch = 'linear' | 'sqrt' | 'asinh' | 'log';
export type Dialog = 'open' | 'about' | 'keys' | undefined;

interface ViewState {
  readonly fieldWidth: number;
  readonly sourceWidth: number;
  readonly tableHeight: number;
  readonly isFieldShown: boolean;
  readonly areDegreesShown: boolean;
  readonly colormap: SkyColormap;
  readonly stretch: SkyStretch;
  readonly dialog: Dialog;
  readonly set: (change: Partial<Omit<ViewState, 'set'>>) => void;
}

/** How the window is arranged. All but the open dialog survives a restart of the window. */
export const useView = create<ViewState>()(
  persist(
    (set) => ({
      fieldWidth: 208,
      sourceWidth: 424,
      tableHeight: 236,
      isFieldShown: true,
      areDegreesShown: false,
      colormap: 'grayscale',
      stretch: 'asinh',
      dialog: undefined,
      set: (change) => set(change),
    }),
    { name: 'lobate-view', version: 1, partialize: ({ dialog: _dialog, set: _set, ...kept }) => kept },
  ),
);
