import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { OnlineSurvey, OnlineSurveyId } from '../../contract/online.ts';
import { ONLINE_SURVEYS } from '../../contract/online.ts';
import { machineSettings } from './machine-settings.ts';
import type { DisplayChoice } from '../sky-map/image-display.ts';
import { FIRST_DISPLAY } from '../sky-map/image-display.ts';
import type { ShownClasses } from '../sky-map/sky-map-types.ts';

/** What a drag on the sky does. */
export type SkyTool = 'pan' | 'box' | 'circle' | 'lasso' | 'ruler';

/** What is shown: the mosaic of that place in the project alone, an online survey, or, where null, all mosaics blended. */
export type SkyLayer = number | OnlineSurveyId | null;

/** The mosaic that a layer is; null where it is all of them or none. */
export const mosaicOf = (layer: SkyLayer): number | null => (typeof layer === 'number' ? layer : null);

/** The online survey that a layer is; undefined where it is of the field's own mosaics. */
export const surveyOf = (layer: SkyLayer): OnlineSurvey | undefined => ONLINE_SURVEYS.find(({ id }) => id === layer);

export interface SkyViewState extends DisplayChoice {
  readonly frame: 'icrs' | 'galactic';
  readonly isGridShown: boolean;
  readonly shown: ShownClasses;
  readonly tool: SkyTool;
  readonly layer: SkyLayer;
  /** The layer shown before: what blinking goes back to. */
  readonly lastLayer: SkyLayer;
  readonly set: (change: Partial<Omit<SkyViewState, 'set'>>) => void;
  readonly showLayer: (layer: SkyLayer) => void;
  /** The image as it was at first; grid, frame and sources stay. */
  readonly resetDisplay: () => void;
}

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
