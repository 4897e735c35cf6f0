import type { AxisXOptions, AxisYOptions, Markish } from '@observablehq/plot';
import { axisX, axisY, gridX, gridY, line, text } from '@observablehq/plot';
import type { Palette } from './palette.ts';

/** A label in the middle of its axis, as papers print it; axes that are marks do not take this from their scale. */
const CENTRED_LABEL = { labelAnchor: 'center', labelArrow: 'none' } as const;

export const xAxis = (options: AxisXOptions): Markish => axisX({ tickSize: 0, ...CENTRED_LABEL, ...options });
export const yAxis = (options: AxisYOptions): Markish => axisY({ tickSize: 0, ...CENTRED_LABEL, ...options });

/** Both axes from 0 to 1 on a quiet grid: what rates and shares are drawn in. */
export function unitSquare(palette: Palette, xLabel: string, yLabel: string) {
  const grid = { stroke: palette.grid, strokeOpacity: 1, ticks: 5 };
  return {
    x: { domain: [0, 1], label: xLabel },
    y: { domain: [0, 1], label: yLabel },
    frame: [gridX(grid), gridY(grid), xAxis({ ticks: 5 }), yAxis({ ticks: 5 })],
  };
}

/** Foot of a logarithmic axis of counts: one source must be seen on it. */
export const COUNT_FOOT = 0.7;

/** A logarithmic y axis of counts up to `highest`. */
export function countAxis(palette: Palette, highest: number, low = COUNT_FOOT) {
  const domain = [low, Math.max(10, highest) * 1.4] as const;
  return {
    y: { type: 'log', domain: [...domain], label: 'Sources', labelArrow: 'none', labelAnchor: 'center' },
    frame: [decadeGrid(palette, domain), yAxis({ ticks: 4, tickFormat: '~s' })],
  } as const;
}

/** A line for each power of ten and none between: with all of them the grid is darker than what is drawn on it. */
function decadeGrid(palette: Palette, [low, high]: readonly [number, number]): Markish {
  const first = Math.ceil(Math.log10(low));
  const count = Math.floor(Math.log10(high)) - first + 1;
  const decades = Array.from({ length: count }, (_, at) => 10 ** (first + at));
  return gridY(decades, { stroke: palette.grid, strokeOpacity: 1 });
}

/** Where both axes agree: chance in a ROC curve, perfection in a calibration. */
export function diagonal(palette: Palette): Markish {
  return line(
    [
      [0, 0],
      [1, 1],
    ],
    { stroke: palette.quiet, strokeWidth: 0.8 },
  );
}

/** Why there is nothing between the axes, in their middle. */
export const note = (words: string, palette: Palette): Markish =>
  text([words], { frameAnchor: 'middle', fill: palette.quiet, text: (value: string) => value });

/** Of figures of what the network scored, where that is nothing. */
export const NO_NETWORK_ROWS = 'The network scored none of these sources';
