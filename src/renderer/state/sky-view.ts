import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { machineSettings } from './machine-settings.ts';
import type { DisplayChoice } from '../sky-map/image-display.ts';
import type { ShownClasses } from '../sky-map/sky-map-types.ts';

/** What a drag on the sky does. */
export type SkyTool = 'pan' | 'box' | 'circle' | 'lasso' | 'ruler';

export interface SkyViewState extends DisplayChoice {
  readonly frame: 'icrs' | 'galactic';
  readonly isGridShown: boolean;
  readonly shown: ShownClasses;
  readonly tool: SkyTool;
  /** The mosaic that is shown alone, by its place in the project; null for all, blended. */
  readonly layer: number | null;
  /** The layer shown before: what blinking goes back to. */
  readonly lastLayer: number | null;
  readonly set: (change: Partial<Omit<SkyViewState, 'set'>>) => void;
  readonly showLayer: (layer: number | null) => void;
  /** The image as it was at first; grid, frame and sources stay. */
  readonly resetDisplay: () => void;
}

const FIRST_DISPLAY: DisplayChoice = {
  stretch: 'asinh',
  limits: { kind: 'auto' },
  colourMap: 'grey',
  isInverted: false,
  contrast: 1,
  bias: 0.5,
};

/** How the sky is shown. What belongs to a moment or to one field is not kept: tool, layer, contrast and bias. */
export const useSkyView = create<SkyViewState>()(
  persist(
    (set, get) => ({
      ...FIRST_DISPLAY,
      frame: 'icrs',
      isGridShown: false,
      shown: { noResult: true, unflagged: true, sisg: true, excluded: true },
      tool: 'pan',
      layer: null,
      lastLayer: null,
      set: (change) => set(change),
      showLayer: (layer) => {
        if (layer !== get().layer) set({ layer, lastLayer: get().layer });
      },
      resetDisplay: () => set(FIRST_DISPLAY),
    }),
    {
      name: 'lobate-sky',
      storage: createJSONStorage(() => machineSettings.storage),
      version: 1,
      partialize: ({ stretch, limits, colourMap, isInverted, frame, isGridShown, shown }) => ({
        stretch,
        // Typed limits belong to the image that they were typed for.
        limits: limits.kind === 'manual' ? FIRST_DISPLAY.limits : limits,
        colourMap,
        isInverted,
        frame,
        isGridShown,
        shown,
      }),
    },
  ),
);
