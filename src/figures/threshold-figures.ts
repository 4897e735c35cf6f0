import { dot, gridY, lineY, text } from '@observablehq/plot';
import { CELL_NAMES } from '../core/evaluation/cells.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { ThresholdPoint } from '../core/evaluation/threshold-curve.ts';
import { countAxis, yAxis } from './axes.ts';
import type { Figure, FigureSubject } from './figure.ts';
import { plotOn, SUBSET_DASHES, withThresholdLine } from './figure.ts';
import type { Palette } from './palette.ts';
import { captionOf, valueOrGap, valueOrNull } from './words.ts';

/** Both ways of counting recovered rows, over the same thresholds. */
export interface ThresholdCurves {
  readonly raw: readonly ThresholdPoint[];
  readonly corrected: readonly ThresholdPoint[];
  /** Of a subset of the rows, counted as `corrected` counts them. */
  readonly subset?: readonly ThresholdPoint[] | undefined;
}

const METRICS = ['precision', 'recall', 'accuracy'] as const;
const METRIC_TITLES: Readonly<Record<(typeof METRICS)[number], string>> = {
  precision: 'Precision',
  recall: 'Recall',
  accuracy: 'Accuracy',
};
const CELL_TITLES: Readonly<Record<CellName, string>> = {
  truePositive: 'TP',
  falsePositive: 'FP',
  falseNegative: 'FN',
  trueNegative: 'TN',
};

const DASHES = 'corrected solid, uncorrected dashed';

interface Labelled {
  readonly threshold: number;
  readonly value: number;
  readonly name: string;
  readonly colour: string;
}

/** Accuracy, recall and precision against the threshold (Fig. 9, left). */
export function thresholdMetricsFigure(
  curves: ThresholdCurves,
  alwaysS: number,
  threshold: number,
  subject: FigureSubject,
): Figure {
  return {
    name: 'threshold-metrics',
    title: 'Metrics against threshold',
    caption: captionOf(
      `Accuracy, recall and precision at each threshold on P(MC), ${DASHES}; SISG sources are class S. ` +
        `Calling every source S would score an accuracy of ${(100 * alwaysS).toFixed(2)} %.`,
      subject,
    ),
    numbers: {
      columns: [
        'threshold',
        ...METRICS.flatMap((name) => [`${name}_corrected`, `${name}_uncorrected`]),
        ...(curves.subset === undefined ? [] : METRICS.map((name) => `${name}_subset`)),
      ],
      rows: curves.raw.map(({ threshold: at, metrics }, index) => [
        at,
        ...METRICS.flatMap((name) => [valueOrNull(curves.corrected[index]!.metrics[name]), valueOrNull(metrics[name])]),
        ...(curves.subset === undefined
          ? []
          : METRICS.map((name) => valueOrNull(curves.subset![index]!.metrics[name]))),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const lines = METRICS.flatMap((name) => [
        lineY(curves.corrected, {
          x: 'threshold',
          y: ({ metrics }: ThresholdPoint) => valueOrGap(metrics[name]),
          stroke: palette[name],
          strokeWidth: 1.6,
        }),
        lineY(curves.raw, {
          x: 'threshold',
          y: ({ metrics }: ThresholdPoint) => valueOrGap(metrics[name]),
          stroke: palette[name],
          strokeDasharray: '4 3',
        }),
        lineY(curves.subset ?? [], {
          x: 'threshold',
          y: ({ metrics }: ThresholdPoint) => valueOrGap(metrics[name]),
          stroke: palette[name],
          strokeDasharray: SUBSET_DASHES,
          strokeLinecap: 'round',
        }),
      ]);
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: { domain: [0, 1], label: 'Threshold on P(MC)', labelArrow: 'none', labelAnchor: 'center' },
        y: { domain: [0, 1], label: null },
        marks: [
          gridY({ stroke: palette.grid, strokeOpacity: 1 }),
          yAxis({ ticks: 5 }),
          ...lines,
          ...legend(
            METRICS.map((name) => ({ name: METRIC_TITLES[name], colour: palette[name] })),
            surface.fontPx,
          ),
        ],
      });
      return withThresholdLine(surface, plotted, threshold);
    },
  };
}

/** Counts of the four cells against the threshold on a logarithmic scale (Fig. 9, right). */
export function thresholdCountsFigure(curves: ThresholdCurves, threshold: number, subject: FigureSubject): Figure {
  const series = (points: readonly ThresholdPoint[], name: CellName, palette: Palette): readonly Labelled[] =>
    points.map(({ threshold: at, counts }) => ({
      threshold: at,
      // A count of 0 has no place on a logarithmic axis.
      value: counts[name] === 0 ? Number.NaN : counts[name],
      name: CELL_TITLES[name],
      colour: palette[name],
    }));
  return {
    name: 'threshold-counts',
    title: 'Counts against threshold',
    caption: captionOf(
      `True and false positives (TP, FP) and negatives (TN, FN) at each threshold on P(MC), ${DASHES}; SISG sources are class S.`,
      subject,
    ),
    numbers: {
      columns: [
        'threshold',
        ...CELL_NAMES.flatMap((name) => [`${name}_corrected`, `${name}_uncorrected`]),
        ...(curves.subset === undefined ? [] : CELL_NAMES.map((name) => `${name}_subset`)),
      ],
      rows: curves.raw.map(({ threshold: at, counts }, index) => [
        at,
        ...CELL_NAMES.flatMap((name) => [curves.corrected[index]!.counts[name], counts[name]]),
        ...(curves.subset === undefined ? [] : CELL_NAMES.map((name) => curves.subset![index]!.counts[name])),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const lines = CELL_NAMES.flatMap((name) => [
        lineY(series(curves.corrected, name, palette), {
          x: 'threshold',
          y: 'value',
          stroke: palette[name],
          strokeWidth: 1.6,
        }),
        lineY(series(curves.raw, name, palette), {
          x: 'threshold',
          y: 'value',
          stroke: palette[name],
          strokeDasharray: '4 3',
        }),
        lineY(series(curves.subset ?? [], name, palette), {
          x: 'threshold',
          y: 'value',
          stroke: palette[name],
          strokeDasharray: SUBSET_DASHES,
          strokeLinecap: 'round',
        }),
      ]);
      const highest = curves.raw.reduce(
        (most, { counts }) => Math.max(most, ...CELL_NAMES.map((name) => counts[name])),
        0,
      );
      const axis = countAxis(palette, highest, 1);
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: { domain: [0, 1], label: 'Threshold on P(MC)', labelArrow: 'none', labelAnchor: 'center' },
        y: axis.y,
        marks: [
          ...axis.frame,
          ...lines,
          ...legend(
            CELL_NAMES.map((name) => ({ name: CELL_TITLES[name], colour: palette[name] })),
            fontPx,
          ),
        ],
      });
      return withThresholdLine(surface, plotted, threshold);
    },
  };
}

/** Names in a row above the plot, each with its colour: no box, nothing over the curves. */
export function legend(entries: readonly { readonly name: string; readonly colour: string }[], fontPx: number) {
  let at = 0;
  return entries.flatMap(({ name, colour }) => {
    const dx = at;
    at += fontPx * (name.length * 0.62 + 2.4);
    return [
      dot([name], {
        frameAnchor: 'top-left',
        dx: dx + fontPx * 0.4,
        dy: -fontPx * 1.6,
        r: fontPx * 0.32,
        fill: colour,
        symbol: 'square',
      }),
      text([name], {
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dx: dx + fontPx * 1.1,
        dy: -fontPx * 2.05,
        fill: 'currentColor',
        text: (value: string) => value,
      }),
    ];
  });
}
