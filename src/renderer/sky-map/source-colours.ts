import type { SkyTheme } from './screen.ts';
import type { Vector } from './view-projection.ts';

/** Colours of what is drawn about sources, sRGB 0 … 1. */
export interface SourceColors {
  readonly halo: Vector;
  readonly haloCasing: Vector;
  readonly casing: Vector;
  /** Sources without a probability. */
  readonly neutral: Vector;
  /** Cyan, as LoTSS draws the others about the current source. */
  readonly neighbour: Vector;
  readonly chosen: Vector;
}
/** The probability's own ramp is the same on either sky. */
export const SOURCE_COLORS: Readonly<Record<SkyTheme, SourceColors>> = {
  dark: {
    halo: [1, 1, 1],
    haloCasing: [0, 0, 0],
    casing: [0, 0, 0],
    neutral: [0.62, 0.64, 0.68],
    neighbour: [0.35, 0.9, 0.95],
    chosen: [0.45, 0.71, 0.96],
  },
  light: {
    halo: [0.05, 0.06, 0.08],
    haloCasing: [1, 1, 1],
    casing: [0.1, 0.11, 0.13],
    neutral: [0.42, 0.44, 0.48],
    neighbour: [0, 0.5, 0.56],
    chosen: [0.04, 0.38, 0.72],
  },
};
