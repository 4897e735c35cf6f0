/** The window's colour scale of P(MC) is that of the figures. */
export {
  NO_PROBABILITY_RGB,
  PROBABILITY_STOPS,
  probabilityColour,
  probabilityGradient,
  probabilityRgb,
} from '../../figures/probability-ramp.ts';
export type { Rgb } from '../../figures/probability-ramp.ts';
