import type { Markish } from '@observablehq/plot';
import { dot, line, ruleY, text } from '@observablehq/plot';
import type { EpochMetrics } from '../core/training/epoch-history.ts';
import { xAxis, yAxis } from './axes.ts';
import type { Figure } from './figure.ts';
import { plotOn, still } from './figure.ts';
import type { Palette } from './palette.ts';
import { epochTicks } from './training-figures.ts';

/** A number with its 95 % interval; NaN where one is not defined. */
interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One training of an experiment, as figures show it. */
export interface ComparedRun {
  readonly variant: string;
  readonly seed: number;
  readonly history: readonly EpochMetrics[];
  readonly accuracy: Ranged;
  readonly precision: Ranged;
  readonly recall: Ranged;
}

const SERIES = [
  { key: 'accuracy', name: 'accuracy', symbol: 'circle', shift: -0.22 },
  { key: 'precision', name: 'precision of MC', symbol: 'diamond', shift: 0 },
  { key: 'recall', name: 'recall of MC', symbol: 'triangle', shift: 0.22 },
] as const;
const ROW_HEIGHT_EM = 3.2;
/** Axes do not leave out less than this: a difference of a hundredth must not fill the page. */
const SMALLEST_SPAN = 0.1;

/** Accuracy, precision and recall of every variant on the rows held out, as in Fig. 4 of the paper. */
export function variantsFigure(title: string, runs: readonly ComparedRun[], subject: string): Figure {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const points = runs
    .flatMap((run) =>
      SERIES.map(({ key, name, symbol, shift }) => ({
        ...run[key],
        place: variants.indexOf(run.variant) + shift,
        key,
        name,
        symbol,
        title: `${run.variant}, seed ${run.seed}: ${name} ${run[key].value.toFixed(3)}`,
      })),
    )
    .filter(({ value }) => Number.isFinite(value));
  return {
    name: 'variants',
    title,
    caption: `${title}. On the rows that each training held out, with 95 % intervals by physical source; one mark per seed. ${subject}`,
    numbers: {
      columns: ['variant', 'seed', ...SERIES.flatMap(({ key }) => [key, `${key}_low`, `${key}_high`])],
      rows: runs.map((run) => [
        run.variant,
        run.seed,
        ...SERIES.flatMap(({ key }) => [run[key].value, run[key].low, run[key].high].map(orNull)),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const ranged = points.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
      const domain = spanOf([...points.map(({ value }) => value), ...ranged.flatMap(({ low, high }) => [low, high])]);
      return still(
        plotOn(surface, {
          height: Math.round(fontPx * (ROW_HEIGHT_EM * variants.length + 8)),
          marginLeft: Math.round(fontPx * 0.62 * Math.max(8, ...variants.map(({ length }) => length))),
          marginTop: Math.round(fontPx * 2.6),
          x: { domain, label: 'on the rows held out' },
          y: { domain: [-0.6, variants.length - 0.4], reverse: true },
          marks: [
            ruleY(variants.keys(), { stroke: palette.grid }),
            xAxis({ ticks: 5 }),
            yAxis({ ticks: [...variants.keys()], tickFormat: (at: number) => variants[at] ?? '', label: null }),
            ...SERIES.flatMap(({ key, symbol }, at): Markish[] => {
              const own = points.filter((point) => point.key === key);
              const stroke = palette[key];
              return [
                ruleY(
                  ranged.filter((point) => point.key === key),
                  { y: 'place', x1: 'low', x2: 'high', stroke, strokeWidth: 1 },
                ),
                dot(own, { x: 'value', y: 'place', symbol, stroke, fill: stroke, r: fontPx * 0.32, title: 'title' }),
                text([SERIES[at]!.name], {
                  frameAnchor: 'top-left',
                  dx: legendAt(at, fontPx) + fontPx,
                  dy: -fontPx * 1.7,
                  fill: stroke,
                  text: (name: string) => name,
                }),
                dot([0], {
                  frameAnchor: 'top-left',
                  dx: legendAt(at, fontPx) + fontPx * 0.4,
                  dy: -fontPx * 1.2,
                  symbol,
                  fill: stroke,
                  r: fontPx * 0.32,
                }),
              ];
            }),
          ],
        }),
      );
    },
  };
}

/** Where the legend's entry begins, from the left of the frame [CSS pixel]. */
const legendAt = (at: number, fontPx: number): number =>
  SERIES.slice(0, at).reduce((sum, { name }) => sum + (0.55 * name.length + 2.5) * fontPx, 0);

const ACROSS = 3;

/** Accuracy by epoch of every variant, training thin and validation solid, as in Figs. 1, 3, 6 and 7 of the paper. */
export function curvesFigure(title: string, runs: readonly ComparedRun[], subject: string): Figure {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const points = runs.flatMap(({ variant, seed, history }) => {
    const at = variants.indexOf(variant);
    return history.map((epoch) => ({ ...epoch, seed, variant, column: at % ACROSS, row: Math.floor(at / ACROSS) }));
  });
  return {
    name: 'curves',
    title: `${title}: by epoch`,
    caption: `${title}. Accuracy by epoch: training (thin; weights still moving, dropout on) and validation (solid); a line per seed. ${subject}`,
    numbers: {
      columns: ['variant', 'seed', 'epoch', 'train_accuracy', 'validation_accuracy', 'train_loss', 'validation_loss'],
      rows: points.map((point) => [
        point.variant,
        point.seed,
        point.epoch,
        ...[point.trainAccuracy, point.validationAccuracy, point.trainLoss, point.validationLoss].map(orNull),
      ]),
    },
    draw(surface) {
      const { palette, fontPx, widthPx } = surface;
      const rows = Math.ceil(variants.length / ACROSS);
      return still(
        plotOn(surface, {
          height: Math.round((widthPx / ACROSS) * 0.8 * rows + fontPx * 6),
          marginRight: Math.round(fontPx * 0.5),
          fx: { axis: null, padding: 0.08 },
          fy: { axis: null, padding: 0.22 },
          x: { label: 'epoch', domain: [1, Math.max(2, ...points.map(({ epoch }) => epoch))] },
          y: {
            domain: spanOf(
              points.flatMap(({ trainAccuracy, validationAccuracy }) => [trainAccuracy, validationAccuracy]),
            ),
            label: 'accuracy',
          },
          marks: [
            xAxis({ ticks: epochTicks(Math.max(...points.map(({ epoch }) => epoch))), tickFormat: 'd' }),
            yAxis({ ticks: 4 }),
            curve(points, 'trainAccuracy', palette, 'quiet', 0.8),
            curve(points, 'validationAccuracy', palette, 'accuracy', 1.8),
            text(
              variants.map((name, at) => ({ name, column: at % ACROSS, row: Math.floor(at / ACROSS) })),
              { fx: 'column', fy: 'row', text: 'name', frameAnchor: 'top-left', dy: -fontPx * 1.3, fill: palette.ink },
            ),
          ],
        }),
      );
    },
  };
}

const curve = (
  points: readonly object[],
  y: 'trainAccuracy' | 'validationAccuracy',
  palette: Palette,
  colour: 'quiet' | 'accuracy',
  strokeWidth: number,
): Markish => line(points, { fx: 'column', fy: 'row', x: 'epoch', y, z: 'seed', stroke: palette[colour], strokeWidth });

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The span of the values with some air, at least `SMALLEST_SPAN`, inside 0 … 1. */
function spanOf(values: readonly number[]): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const half = Math.max(SMALLEST_SPAN, 1.1 * (high - low)) / 2;
  return [Math.max(0, (low + high) / 2 - half), Math.min(1, (low + high) / 2 + half)];
}
