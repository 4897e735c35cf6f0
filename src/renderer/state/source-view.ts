import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { machineSettings } from './machine-settings.ts';

export const VIEW_STRETCHES = ['asinh', 'log', 'sqrt', 'linear'] as const;
export type ViewStretch = (typeof VIEW_STRETCHES)[number];

/** Upper end of the shown range: the brightest pixel near the source, or so many σ. */
export const VIEW_CUTS = ['peak', '200', '30', '10', '5'] as const;
export type ViewCut = (typeof VIEW_CUTS)[number];

export const VIEW_COLOURS = ['grey', 'inverted', 'heat'] as const;
export type ViewColours = (typeof VIEW_COLOURS)[number];

/** Sides of the view [arcsec]; the first is what the model sees. */
export const VIEW_SIDES_ARCSEC = [192, 384, 768] as const;
export type ViewSideArcsec = (typeof VIEW_SIDES_ARCSEC)[number];

/** First contour, in units of the local rms. */
export const FIRST_CONTOURS = [2, 2.5, 3] as const;

interface SourceViewState {
  readonly stretch: ViewStretch;
  readonly cut: ViewCut;
  readonly colours: ViewColours;
  readonly sideArcsec: ViewSideArcsec;
  readonly hasContours: boolean;
  readonly firstContour: (typeof FIRST_CONTOURS)[number];
  readonly hasEllipses: boolean;
  readonly set: (change: Partial<Omit<SourceViewState, 'set'>>) => void;
}

/** How the astronomer looks at sources; survives a restart of the window. */
export const useSourceView = create<SourceViewState>()(
  persist(
    (set) => ({
      stretch: 'asinh',
      cut: 'peak',
      colours: 'grey',
      sideArcsec: 192,
      hasContours: false,
      firstContour: 3,
      hasEllipses: true,
      set: (change) => set(change),
    }),
    {
      name: 'lobate-source-view',
      version: 1,
      storage: createJSONStorage(() => machineSettings.storage),
    },
  ),
);
