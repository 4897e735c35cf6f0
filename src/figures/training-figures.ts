import type { LineOptions, Markish } from '@observablehq/plot';
import { dot, line } from '@observablehq/plot';
import type { EpochMetrics } from '../core/training/epoch-history.ts';
import type { Plotted, Surface } from './figure.ts';
import { plotOn } from './figure.ts';

/** A metric of the training rows and of the validation rows under one title. */
export interface CurvePair {
  readonly title: string;
  readonly train: keyof EpochMetrics;
  readonly validation: keyof EpochMetrics;
}

/** A metric by epoch: training thin, validation solid. Epochs on which it is not defined are left out. */
export function epochCurve(
  surface: Surface,
  { title, train, validation }: CurvePair,
  history: readonly EpochMetrics[],
  epochs: number,
): Plotted {
  const curve = (value: keyof EpochMetrics, options: LineOptions): Markish[] => {
    const points = history.filter((epoch) => Number.isFinite(epoch[value]));
    return [
      line(points, { x: 'epoch', y: value, ...options }),
      ...(points.length === 1 ? [dot(points, { x: 'epoch', y: value, r: 2, fill: 'currentColor' })] : []),
    ];
  };
  const { palette } = surface;
  return plotOn(surface, {
    marginLeft: 36,
    marginRight: 8,
    marginTop: 24,
    marginBottom: 30,
    x: { domain: [1, Math.max(2, epochs)], label: 'epoch', ticks: epochTicks(epochs), tickFormat: 'd' },
    y: { label: title, grid: true, ticks: 4, nice: true },
    marks: [
      ...curve(train, { stroke: palette.quiet, strokeWidth: 1 }),
      ...curve(validation, { stroke: palette.accuracy, strokeWidth: 2 }),
    ],
  });
}

/** Whole epochs, five at most. */
export function epochTicks(epochs: number): number[] {
  const stride = Math.max(1, Math.ceil(epochs / 5));
  return Array.from({ length: Math.ceil(epochs / stride) }, (_, index) => 1 + index * stride);
}

/** A source that two models put on different sides of their thresholds. */
export interface FlippedPlace {
  readonly name: string;
  readonly raDeg: number;
  readonly decDeg: number;
  readonly isMc: boolean;
  readonly before: number;
  readonly now: number;
}

/** Degrees that a map shows at least. */
const SMALLEST_SIDE_DEG = 0.5;

/** Where they lie, east to the left; filled where the new model is right. */
export function flippedMap(surface: Surface, flipped: readonly FlippedPlace[]): Plotted {
  const { ra, dec } = frameOf(flipped);
  const { palette } = surface;
  return plotOn(surface, {
    marginLeft: 48,
    marginBottom: 32,
    x: { domain: ra, reverse: true, label: 'RA [°]', ticks: 5 },
    y: { domain: dec, label: 'Dec [°]', grid: true, ticks: 5 },
    marks: [
      dot(flipped, {
        x: ({ raDeg }: FlippedPlace) => (raDeg < ra[0] ? raDeg + 360 : raDeg),
        y: 'decDeg',
        r: 3.5,
        stroke: palette.ink,
        fill: ({ now, before, isMc }: FlippedPlace) => (now > before === isMc ? palette.accuracy : 'none'),
        title: 'name',
      }),
    ],
  });
}

function frameOf(flipped: readonly FlippedPlace[]): { readonly ra: [number, number]; readonly dec: [number, number] } {
  const around = (values: readonly number[], least: number): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const half = Math.max(0.55 * (high - low), least / 2);
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  const dec = around(
    flipped.map(({ decDeg }) => decDeg),
    SMALLEST_SIDE_DEG,
  );
  const squeeze = Math.max(0.05, Math.cos(((dec[0] + dec[1]) / 2) * (Math.PI / 180)));
  // Across RA 0 the smaller numbers are taken a turn further.
  const raw = flipped.map(({ raDeg }) => raDeg);
  const crosses = Math.max(...raw) - Math.min(...raw) > 180;
  const ra = around(
    raw.map((value) => (crosses && value < 180 ? value + 360 : value)),
    (2 * SMALLEST_SIDE_DEG) / squeeze,
  );
  return { ra, dec };
}
