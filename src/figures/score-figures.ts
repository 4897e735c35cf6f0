import { areaY, dot, line, rect, text } from '@observablehq/plot';
import type { ReliabilityBin } from '../core/evaluation/calibration.ts';
import type { MetricWithInterval } from '../core/evaluation/evaluate-predictions.ts';
import { COUNT_FOOT, countAxis, diagonal, NO_NETWORK_ROWS, note, unitSquare, xAxis } from './axes.ts';
import type { Figure, FigureSubject, Surface } from './figure.ts';
import { plotOn, still, SUBSET_DASHES, withThresholdLine } from './figure.ts';
import { probabilityColour } from './probability-ramp.ts';
import { legend } from './threshold-figures.ts';
import { captionOf, grouped, intervalNote, valueOrGap, valueOrNull, withInterval } from './words.ts';

const SCORE_BINS = 50;

/** Counts in equal bins of 0 … 1; scores below 0 (gated rows) are left out, 1 falls into the last. */
export function scoreCounts(sorted: Float64Array, binCount = SCORE_BINS): Uint32Array {
  const counts = new Uint32Array(binCount);
  for (const score of sorted) {
    if (score >= 0) counts[Math.min(binCount - 1, Math.floor(score * binCount))]! += 1;
  }
  return counts;
}

const outlineOf = (counts: Uint32Array): readonly { readonly x: number; readonly y: number }[] =>
  Array.from(counts).flatMap((value, bin) => {
    const y = Math.max(COUNT_FOOT, value);
    return [
      { x: bin / counts.length, y },
      { x: (bin + 1) / counts.length, y },
    ];
  });

/** How the scores of both classes are distributed, or of all sources where there are no labels. */
export function scoreFigure(
  byClass: { readonly mc: Float64Array; readonly s: Float64Array } | undefined,
  all: Float64Array,
  threshold: number,
  subject: FigureSubject,
  subset?: Float64Array,
): Figure {
  const subsetCounts = subset === undefined ? undefined : scoreCounts(subset);
  const series =
    byClass === undefined
      ? [{ name: 'all sources', counts: scoreCounts(all), colour: 'quiet' as const }]
      : [
          { name: 'S', counts: scoreCounts(byClass.s), colour: 's' as const },
          { name: 'MC', counts: scoreCounts(byClass.mc), colour: 'mc' as const },
        ];
  return {
    name: 'scores',
    title: 'Scores',
    caption: captionOf(
      `Distribution of P(MC)${byClass === undefined ? '' : ' by true class'}, non-SISG sources; the vertical axis is logarithmic. ` +
        'P(MC) is the softmax output under the balanced training prior, not a calibrated rate.',
      subject,
    ),
    numbers: {
      columns: ['low', 'high', ...series.map(({ name }) => name), ...(subsetCounts === undefined ? [] : ['subset'])],
      rows: Array.from({ length: SCORE_BINS }, (_, bin) => [
        bin / SCORE_BINS,
        (bin + 1) / SCORE_BINS,
        ...series.map(({ counts }) => counts[bin]!),
        ...(subsetCounts === undefined ? [] : [subsetCounts[bin]!]),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const isEmpty = series.every(({ counts }) => counts.every((value) => value === 0));
      const axis = countAxis(palette, Math.max(0, ...series.flatMap(({ counts }) => [...counts])));
      const bars = series.map(({ counts, colour, name }) => {
        const bins = Array.from(counts, (value, bin) => ({
          low: bin / SCORE_BINS,
          high: (bin + 1) / SCORE_BINS,
          top: Math.max(COUNT_FOOT, value),
        }));
        return byClass === undefined
          ? rect(bins, {
              x1: 'low',
              x2: 'high',
              y1: COUNT_FOOT,
              y2: 'top',
              fill: ({ low }: { readonly low: number }) => probabilityColour(low + 0.5 / SCORE_BINS),
              inset: 0.25,
            })
          : areaY(
              bins.flatMap(({ low, high, top }) => [
                { x: low, top },
                { x: high, top },
              ]),
              {
                x: 'x',
                y1: COUNT_FOOT,
                y2: 'top',
                fill: palette[colour],
                fillOpacity: name === 'S' ? 0.28 : 0.38,
                stroke: palette[colour],
                strokeWidth: 1.2,
              },
            );
      });
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: { domain: [0, 1], label: 'P(MC)', labelArrow: 'none', labelAnchor: 'center' },
        y: axis.y,
        color: { type: 'identity' },
        marks: [
          ...axis.frame,
          xAxis({ ticks: 5 }),
          ...(isEmpty ? [note(NO_NETWORK_ROWS, palette)] : bars),
          line(outlineOf(subsetCounts ?? new Uint32Array(0)), {
            x: 'x',
            y: 'y',
            stroke: palette.ink,
            strokeWidth: 1.4,
            strokeDasharray: SUBSET_DASHES,
            strokeLinecap: 'round',
          }),
          ...(byClass === undefined
            ? []
            : legend(
                series.map(({ name, colour }) => ({ name, colour: palette[colour] })),
                fontPx,
              )),
        ],
      });
      return withThresholdLine(surface, plotted, threshold);
    },
  };
}

/** The reliability diagram: how often sources of a given P(MC) are MC, as it is and at the prevalence of the rows. */
export function calibrationFigure(
  balanced: readonly ReliabilityBin[],
  atPrevalence: readonly ReliabilityBin[],
  prevalence: number,
  errors: { readonly ece: MetricWithInterval; readonly brier: MetricWithInterval },
  subject: FigureSubject,
  subset?: readonly ReliabilityBin[],
): Figure {
  return {
    name: 'calibration',
    title: 'Calibration',
    caption: captionOf(
      'Share of MC sources against mean P(MC), non-SISG sources: P(MC) as the network gives it, under its balanced training ' +
        `prior, and moved to the prevalence of these sources (${prevalence.toPrecision(2)}). As given, the expected ` +
        `calibration error is ${withInterval(errors.ece.metric, errors.ece.interval, errors.ece.noInterval)} and the Brier score ` +
        `${withInterval(errors.brier.metric, errors.brier.interval, errors.brier.noInterval)}${intervalNote(errors.brier.interval)}.`,
      subject,
    ),
    numbers: {
      columns: ['prior', 'low', 'high', 'sources', 'mc', 'mean_probability', 'mc_share'],
      rows: [
        ...balanced.map((bin) => ['balanced', ...binNumbers(bin)]),
        ...atPrevalence.map((bin) => ['prevalence', ...binNumbers(bin)]),
        ...(subset ?? []).map((bin) => ['balanced, subset', ...binNumbers(bin)]),
      ],
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const series = [
        { bins: balanced, colour: palette.s, name: 'as given' },
        { bins: atPrevalence, colour: palette.mc, name: 'at their prevalence' },
      ];
      const square = unitSquare(palette, 'Mean P(MC)', 'Share of MC');
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: square.x,
        y: square.y,
        marks: [
          ...square.frame,
          diagonal(palette),
          ...(balanced.every(({ rows }) => rows === 0) ? [note(NO_NETWORK_ROWS, palette)] : []),
          ...series.flatMap(({ bins, colour }) => {
            const filled = bins.filter(({ rows }) => rows > 0);
            const place = {
              x: (bin: ReliabilityBin) => valueOrGap(bin.meanProbability),
              y: (bin: ReliabilityBin) => valueOrGap(bin.mcShare),
            };
            return [
              line(filled, { ...place, stroke: colour, strokeWidth: 1.4 }),
              dot(filled, { ...place, fill: colour, r: fontPx * 0.3 }),
            ];
          }),
          dot(subset?.filter(({ rows }) => rows > 0) ?? [], {
            x: (bin: ReliabilityBin) => valueOrGap(bin.meanProbability),
            y: (bin: ReliabilityBin) => valueOrGap(bin.mcShare),
            fill: palette.background,
            stroke: palette.s,
            strokeWidth: 1.4,
            r: fontPx * 0.32,
          }),
          ...rowCounts(balanced, surface),
          ...legend(series, fontPx),
        ],
      });
      return still(plotted);
    },
  };
}

/** Below this share of MC a number beneath its point would lie on those of the axis. */
const LOW_SHARE = 0.12;

/** How many sources are behind each point of the diagram. */
function rowCounts(bins: readonly ReliabilityBin[], { palette, fontPx }: Surface) {
  const isLow = (bin: ReliabilityBin): boolean => valueOrGap(bin.mcShare) < LOW_SHARE;
  const filled = bins.filter(({ rows }) => rows > 0);
  const numbers = (some: readonly ReliabilityBin[], dyPx: number) =>
    text(some, {
      x: (bin: ReliabilityBin) => valueOrGap(bin.meanProbability),
      y: (bin: ReliabilityBin) => valueOrGap(bin.mcShare),
      dy: dyPx,
      dx: fontPx * 0.4,
      textAnchor: 'start',
      text: ({ rows }: ReliabilityBin) => grouped(rows),
      fontSize: fontPx * 0.8,
      fill: palette.quiet,
    });
  return [
    numbers(filled.filter(isLow), -fontPx * 0.9),
    numbers(
      filled.filter((bin) => !isLow(bin)),
      fontPx * 1.1,
    ),
  ];
}

const binNumbers = ({ low, high, rows, mc, meanProbability, mcShare }: ReliabilityBin): (number | null)[] => [
  low,
  high,
  rows,
  mc,
  valueOrNull(meanProbability),
  valueOrNull(mcShare),
];
