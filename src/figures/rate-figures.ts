import { dot, line, ruleY, text } from '@observablehq/plot';
import type { MetricWithInterval } from '../core/evaluation/evaluate-predictions.ts';
import type { ScoreTable } from '../core/evaluation/score-table.ts';
import type { ThresholdPoint } from '../core/evaluation/threshold-curve.ts';
import { diagonal, note, unitSquare } from './axes.ts';
import { curveNumbers } from './curve-numbers.ts';
import { curveThresholds, pointAt, pointsAt } from './curve-points.ts';
import type { Figure, FigureSubject } from './figure.ts';
import { plotOn, withThresholdPoint } from './figure.ts';
import { probabilityColour } from './probability-ramp.ts';
import { captionOf, intervalNote, valueOrGap, withInterval } from './words.ts';

/** Thresholds that are marked on the curves, as the paper's Fig. 10 marks them. */
const MARKED = Array.from({ length: 21 }, (_, step) => step / 20);

/** Models, or parts of the rows, on one figure: the first is the one that the threshold belongs to. */
export interface RateSeries {
  readonly name: string;
  readonly table: ScoreTable;
  /** Uncorrected, over non-SISG rows. */
  readonly area: MetricWithInterval;
  /** Of the line of one that is not the first. */
  readonly dashes?: string;
}

const OTHER_DASHES = '5 3';

const rate = (metric: 'recall' | 'falsePositiveRate' | 'precision') => (point: ThresholdPoint) =>
  valueOrGap(point.metrics[metric]);
const colourOf = ({ threshold }: ThresholdPoint): string => probabilityColour(threshold);

/**
 * The ROC curve, coloured by threshold, recovered rows counted as found (filled) and not (empty), with the chosen point
 * (Fig. 10). A dashed segment joins the last point to (1, 1): gated rows are flagged at no threshold.
 */
export function rocFigure(
  series: readonly RateSeries[],
  rocAucWithSisg: string,
  threshold: number,
  subject: FigureSubject,
): Figure {
  const [own] = series;
  const table = own!.table;
  const thresholds = curveThresholds(table);
  const raw = pointsAt(table, thresholds, 'raw');
  const corrected = pointsAt(table, thresholds, 'moved');
  const legendLines = series.map(
    ({ name, area }) => `${series.length > 1 ? `${name}: ` : ''}AUC ${withInterval(area.metric, area.interval)}`,
  );
  return {
    name: 'roc',
    title: 'ROC',
    caption: captionOf(
      'Receiver operating characteristic over all sources, SISG being class S at every threshold, coloured by threshold from 0 (blue) to 1 (yellow); ' +
        'filled points corrected for recovered components, empty ones uncorrected; the ring is the chosen threshold. ' +
        `Area under the uncorrected curve over non-SISG sources ${withInterval(own!.area.metric, own!.area.interval, own!.area.noInterval)}` +
        `${intervalNote(own!.area.interval)}; over all sources, SISG tied lowest, ${rocAucWithSisg}.`,
      subject,
    ),
    numbers: curveNumbers(series, {
      fpr: (uncorrected) => uncorrected.metrics.falsePositiveRate,
      tpr_corrected: (_, found) => found.metrics.recall,
      tpr_uncorrected: (uncorrected) => uncorrected.metrics.recall,
    }),
    draw(surface) {
      const { palette, fontPx } = surface;
      const last = raw.at(-1);
      const isJoined = last !== undefined && [rate('falsePositiveRate'), rate('recall')].some((of) => of(last) < 1);
      const marks = (points: readonly ThresholdPoint[], isFilled: boolean) => [
        line(points, {
          x: rate('falsePositiveRate'),
          y: rate('recall'),
          stroke: colourOf,
          z: null,
          strokeWidth: isFilled ? 2 : 1.2,
        }),
        dot(
          MARKED.map((at) => pointAt(table, at, isFilled ? 'moved' : 'raw')),
          {
            x: rate('falsePositiveRate'),
            y: rate('recall'),
            r: fontPx * 0.26,
            fill: isFilled ? colourOf : palette.background,
            stroke: colourOf,
          },
        ),
      ];
      const others = series.slice(1).map((other) =>
        line(pointsAt(other.table, curveThresholds(other.table), 'raw'), {
          x: rate('falsePositiveRate'),
          y: rate('recall'),
          stroke: palette.ink,
          strokeDasharray: other.dashes ?? OTHER_DASHES,
          strokeLinecap: 'round',
          strokeWidth: 1.4,
        }),
      );
      const square = unitSquare(palette, 'False positive rate', 'True positive rate (recall of MC)');
      const plotted = plotOn(surface, {
        x: square.x,
        y: square.y,
        color: { type: 'identity' },
        marks: [
          ...square.frame,
          diagonal(palette),
          ...(isJoined
            ? [
                line(
                  [
                    [rate('falsePositiveRate')(last), rate('recall')(last)],
                    [1, 1],
                  ],
                  { stroke: palette.quiet, strokeDasharray: '3 3' },
                ),
              ]
            : []),
          ...others,
          ...marks(raw, false),
          ...marks(corrected, true),
          ...corner(legendLines, fontPx, 'bottom-right'),
        ],
      });
      return withThresholdPoint(surface, plotted, ratePoint(table, 'falsePositiveRate', 'recall'), threshold);
    },
  };
}

/** Precision against recall, with the precision of flagging at random; the chosen point. */
export function precisionRecallFigure(
  series: readonly RateSeries[],
  threshold: number,
  subject: FigureSubject,
): Figure {
  const [own] = series;
  const table = own!.table;
  const thresholds = curveThresholds(table);
  const raw = pointsAt(table, thresholds, 'raw');
  const corrected = pointsAt(table, thresholds, 'moved');
  const prevalence = table.mc.length / Math.max(1, table.mc.length + table.s.length);
  const legendLines = series.map(
    ({ name, area }) => `${series.length > 1 ? `${name}: ` : ''}AP ${withInterval(area.metric, area.interval)}`,
  );
  return {
    name: 'precision-recall',
    title: 'Precision–recall',
    caption: captionOf(
      'Precision against recall of class MC over all sources, SISG being class S, coloured by threshold from 0 (blue) to 1 ' +
        '(yellow); thick corrected for recovered components, thin uncorrected; the ring is the chosen threshold, the horizontal line the share of ' +
        `MC sources, ${prevalence.toPrecision(3)}. Average precision, uncorrected, over non-SISG sources ` +
        `${withInterval(own!.area.metric, own!.area.interval, own!.area.noInterval)}${intervalNote(own!.area.interval)}.`,
      subject,
    ),
    numbers: curveNumbers(series, {
      recall_corrected: (_, found) => found.metrics.recall,
      precision_corrected: (_, found) => found.metrics.precision,
      recall_uncorrected: (uncorrected) => uncorrected.metrics.recall,
      precision_uncorrected: (uncorrected) => uncorrected.metrics.precision,
    }),
    draw(surface) {
      const { palette, fontPx } = surface;
      const curve = (points: readonly ThresholdPoint[], strokeWidth: number) =>
        line(points, { x: rate('recall'), y: rate('precision'), stroke: colourOf, z: null, strokeWidth });
      const square = unitSquare(palette, 'Recall of MC', 'Precision');
      const plotted = plotOn(surface, {
        x: square.x,
        y: square.y,
        color: { type: 'identity' },
        marks: [
          ...square.frame,
          ruleY([prevalence], { stroke: palette.quiet, strokeDasharray: '4 3' }),
          text([prevalence], {
            x: 0,
            y: (value: number) => value,
            dx: 4,
            dy: prevalence > 0.8 ? fontPx : -fontPx * 0.7,
            textAnchor: 'start',
            fill: palette.quiet,
            text: () => `prevalence ${prevalence.toPrecision(2)}`,
          }),
          ...series.slice(1).map((other) =>
            line(pointsAt(other.table, curveThresholds(other.table), 'raw'), {
              x: rate('recall'),
              y: rate('precision'),
              stroke: palette.ink,
              strokeDasharray: other.dashes ?? OTHER_DASHES,
              strokeLinecap: 'round',
              strokeWidth: 1.4,
            }),
          ),
          ...(raw.some(({ metrics }) => metrics.precision.defined && metrics.recall.defined)
            ? []
            : [
                note(
                  `No curve: ${table.mc.length === 0 ? 'no source is MC' : 'no source is flagged at any threshold'}`,
                  palette,
                ),
              ]),
          curve(raw, 1),
          curve(corrected, 2.4),
          // Above the line of the prevalence and its name.
          ...corner(legendLines, fontPx, 'bottom-left', fontPx * 3.5),
        ],
      });
      return withThresholdPoint(surface, plotted, ratePoint(table, 'recall', 'precision'), threshold);
    },
  };
}

function ratePoint(table: ScoreTable, x: 'recall' | 'falsePositiveRate', y: 'recall' | 'precision') {
  return (threshold: number): readonly [number, number] | undefined => {
    const { metrics } = pointAt(table, threshold, 'moved');
    const [atX, atY] = [metrics[x], metrics[y]];
    return atX.defined && atY.defined ? [atX.value, atY.value] : undefined;
  };
}

/** Lines in a corner that the curves of the figure leave free. */
function corner(lines: readonly string[], fontPx: number, anchor: 'bottom-right' | 'bottom-left', liftPx = 0) {
  const isRight = anchor === 'bottom-right';
  return lines.map((words, at) =>
    text([words], {
      frameAnchor: anchor,
      textAnchor: isRight ? 'end' : 'start',
      dx: fontPx * (isRight ? -0.6 : 0.6),
      dy: -fontPx * (0.8 + 1.4 * (lines.length - 1 - at)) - liftPx,
      fill: 'currentColor',
      text: (value: string) => value,
    }),
  );
}
