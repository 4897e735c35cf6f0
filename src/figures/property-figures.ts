import { gridY, line, dot, rect, ruleX, text } from '@observablehq/plot';
import type { AssociationMode } from '../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../core/evaluation/association-correction.ts';
import type { BootstrapInterval } from '../core/evaluation/bootstrap.ts';
import { CELL_NAMES } from '../core/evaluation/cells.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { MetricName } from '../core/evaluation/confusion.ts';
import { totalOf } from '../core/evaluation/confusion.ts';
import type { BinPerformance } from '../core/evaluation/property-performance.ts';
import { xAxis, yAxis } from './axes.ts';
import type { Figure, FigureSubject } from './figure.ts';
import { plotOn, still, SUBSET_DASHES } from './figure.ts';
import { legend } from './threshold-figures.ts';
import { captionOf, CELL_WORDS, grouped, valueOrGap, valueOrNull } from './words.ts';

/** A property of sources, as an axis names it. */
export interface Property {
  readonly name: string;
  /** Empty for a number without one. */
  readonly unit: string;
  readonly isLog: boolean;
}

export type BinIntervals = readonly Readonly<Partial<Record<MetricName, BootstrapInterval | undefined>>>[];

const SHOWN = ['recall', 'accuracy'] as const;
const TITLES: Readonly<Record<(typeof SHOWN)[number], string>> = { recall: 'Recall of MC', accuracy: 'Accuracy' };

const axisLabel = ({ name, unit }: Property): string => (unit === '' ? name : `${name} [${unit}]`);

/** A bin as words: what a mark of it is called. */
export const binWords = (
  { name, unit }: Property,
  { low, high }: { readonly low: number; readonly high: number },
): string => `${name} ${Number(low.toPrecision(4))} to ${Number(high.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`;

/** Accuracy and recall in bins of a property, with intervals and counts (Fig. 12). */
export function propertyFigure(
  property: Property,
  bins: readonly BinPerformance[],
  intervals: BinIntervals | undefined,
  missing: number,
  threshold: number,
  mode: AssociationMode,
  subject: FigureSubject,
  subset?: readonly BinPerformance[],
): Figure {
  return {
    name: `performance-by-${property.name.replace(/[^A-Za-z0-9]+/g, '-')}`,
    title: `Performance by ${property.name}`,
    caption: captionOf(
      `Accuracy and recall of class MC in bins of ${axisLabel(property)} at threshold ${threshold}, ${ASSOCIATION_MODE_WORDS[mode]}; ` +
        'bars are 95 % intervals by physical source, numbers the sources of a bin and, below, its MC sources.' +
        (missing > 0 ? ` ${grouped(missing)} sources without a value are left out.` : ''),
      subject,
    ),
    numbers: {
      columns: [
        'low',
        'high',
        'sources',
        'mc',
        ...CELL_NAMES,
        ...SHOWN.flatMap((name) => [name, `${name}_low`, `${name}_high`]),
        ...(subset === undefined ? [] : ['subset_sources', ...SHOWN.map((name) => `subset_${name}`)]),
      ],
      rows: bins.map(({ low, high, counts, metrics }, bin) => [
        low,
        high,
        totalOf(counts),
        counts.truePositive + counts.falseNegative,
        ...CELL_NAMES.map((name) => counts[name]),
        ...SHOWN.flatMap((name) => [
          valueOrNull(metrics[name]),
          intervals?.[bin]?.[name]?.low ?? null,
          intervals?.[bin]?.[name]?.high ?? null,
        ]),
        ...(subset === undefined
          ? []
          : [totalOf(subset[bin]!.counts), ...SHOWN.map((name) => valueOrNull(subset[bin]!.metrics[name]))]),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const places = bins.map((bin, index) => ({ ...bin, index, x: middleOf(bin, property.isLog) }));
      type Place = (typeof places)[number];
      const marks = SHOWN.flatMap((name, at) => {
        // Side by side, so that two intervals of one bin do not cover each other.
        const dx = (at - 0.5) * fontPx * 0.6;
        const colour = palette[name];
        return [
          ruleX(
            places.filter(({ index }) => intervals?.[index]?.[name] !== undefined),
            {
              x: 'x',
              y1: ({ index }: Place) => intervals![index]![name]!.low,
              y2: ({ index }: Place) => intervals![index]![name]!.high,
              stroke: colour,
              strokeWidth: 1.4,
              dx,
            },
          ),
          line(places, {
            x: 'x',
            y: ({ metrics }: Place) => valueOrGap(metrics[name]),
            stroke: colour,
            strokeOpacity: 0.5,
            dx,
          }),
          dot(places, {
            x: 'x',
            y: ({ metrics }: Place) => valueOrGap(metrics[name]),
            fill: colour,
            r: fontPx * 0.27,
            dx,
          }),
          dot(subset?.map((bin) => ({ ...bin, x: middleOf(bin, property.isLog) })) ?? [], {
            x: 'x',
            y: ({ metrics }: BinPerformance) => valueOrGap(metrics[name]),
            fill: palette.background,
            stroke: colour,
            strokeWidth: 1.4,
            r: fontPx * 0.32,
            dx,
          }),
        ];
      });
      const spaced = everyFitting(places, property.isLog, (fontPx * 3.2) / surface.widthPx);
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        marginBottom: fontPx * 3.6,
        x: {
          type: property.isLog ? 'log' : 'linear',
          domain: [bins[0]?.low ?? 0, bins.at(-1)?.high ?? 1],
          label: axisLabel(property),
          labelArrow: 'none',
          labelAnchor: 'center',
        },
        y: { domain: [-0.16, 1], label: null },
        marks: [
          gridY([0, 0.2, 0.4, 0.6, 0.8, 1], { stroke: palette.grid, strokeOpacity: 1 }),
          xAxis({
            tickSize: 3,
            label: axisLabel(property),
            ...xTicks(property, fontPx, surface.widthPx),
          }),
          yAxis({ ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }),
          // Under the marks, so that a click anywhere in a bin is a click on the bin.
          rect(places, {
            x1: 'low',
            x2: 'high',
            y1: -0.16,
            y2: 1,
            fill: palette.ink,
            fillOpacity: 0,
            className: 'property-bin',
            title: (place: Place) => binWords(property, place),
          }),
          ruleX(edgesOf(bins), { stroke: palette.grid, strokeOpacity: 0.8 }),
          ...marks,
          text(spaced, {
            x: 'x',
            y: -0.05,
            text: ({ counts }: Place) => grouped(totalOf(counts)),
            fill: palette.quiet,
            fontSize: fontPx * 0.8,
          }),
          text(spaced, {
            x: 'x',
            y: -0.12,
            text: ({ counts }: Place) => grouped(counts.truePositive + counts.falseNegative),
            fill: palette.mc,
            fontSize: fontPx * 0.8,
          }),
          ...legend(
            [
              ...SHOWN.map((name) => ({ name: TITLES[name], colour: palette[name] })),
              { name: 'MC sources', colour: palette.mc },
            ],
            fontPx,
          ),
        ],
      });
      return still(plotted);
    },
  };
}

/** The four cells stacked in bins of a property, sources on a logarithmic axis (Fig. 14 for flux). */
export function stackedHistogramFigure(
  property: Property,
  bins: readonly BinPerformance[],
  threshold: number,
  mode: AssociationMode,
  subject: FigureSubject,
  subset?: readonly BinPerformance[],
): Figure {
  return {
    name: `cells-by-${property.name.replace(/[^A-Za-z0-9]+/g, '-')}`,
    title: `Cells by ${property.name}`,
    caption: captionOf(
      `Sources in the four cells of the confusion matrix, stacked, in bins of ${axisLabel(property)} at threshold ${threshold}, ` +
        `${ASSOCIATION_MODE_WORDS[mode]}. The vertical axis is logarithmic.`,
      subject,
    ),
    numbers: {
      columns: ['low', 'high', ...CELL_NAMES, ...(subset === undefined ? [] : ['subset_sources'])],
      rows: bins.map(({ low, high, counts }, bin) => [
        low,
        high,
        ...CELL_NAMES.map((name) => counts[name]),
        ...(subset === undefined ? [] : [totalOf(subset[bin]!.counts)]),
      ]),
    },
    draw(surface) {
      const { palette, fontPx } = surface;
      const stacked = bins.flatMap(({ low, high, counts }, bin) => {
        let base = 0;
        return STACK.map((name) => {
          const from = base;
          base += counts[name];
          return { low, high, bin, name, y1: Math.max(FLOOR, from), y2: Math.max(FLOOR, base) };
        }).filter(({ y1, y2 }) => y2 > y1);
      });
      const highest = Math.max(10, ...bins.map(({ counts }) => totalOf(counts)));
      const plotted = plotOn(surface, {
        marginTop: fontPx * 3.2,
        x: {
          type: property.isLog ? 'log' : 'linear',
          domain: [bins[0]?.low ?? 0, bins.at(-1)?.high ?? 1],
          label: axisLabel(property),
          labelArrow: 'none',
          labelAnchor: 'center',
        },
        y: { type: 'log', domain: [FLOOR, highest * 1.4], label: 'Sources', labelArrow: 'none', labelAnchor: 'center' },
        color: { type: 'identity' },
        marks: [
          gridY({ stroke: palette.grid, strokeOpacity: 1, ticks: 4 }),
          xAxis({
            tickSize: 3,
            label: axisLabel(property),
            ...xTicks(property, fontPx, surface.widthPx),
          }),
          yAxis({ ticks: 4, tickFormat: '~s' }),
          rect(stacked, {
            x1: 'low',
            x2: 'high',
            y1: 'y1',
            y2: 'y2',
            fill: ({ name }: { readonly name: CellName }) => palette[name],
            insetLeft: 0.5,
            insetRight: 0.5,
            className: 'histogram-bar',
            title: ({ name, bin }: { readonly name: CellName; readonly bin: number }) =>
              `${binWords(property, bins[bin]!)}\n${CELL_WORDS[name]}`,
          }),
          line(stepsOf(subset ?? []), {
            x: 'x',
            y: 'y',
            stroke: palette.ink,
            strokeWidth: 1.4,
            strokeDasharray: SUBSET_DASHES,
            strokeLinecap: 'round',
            pointerEvents: 'none',
          }),
          ...legend(
            STACK.map((name) => ({ name: STACK_TITLES[name], colour: palette[name] })),
            fontPx,
          ),
        ],
      });
      return still(plotted);
    },
  };
}

/** Rarest at the bottom: on a logarithmic axis what stands on top of many is hardly seen. */
const STACK: readonly CellName[] = ['falseNegative', 'falsePositive', 'truePositive', 'trueNegative'];
const STACK_TITLES: Readonly<Record<CellName, string>> = {
  truePositive: 'TP',
  falsePositive: 'FP',
  falseNegative: 'FN',
  trueNegative: 'TN',
};
/** One source must be seen: bars stand on a little less. */
const FLOOR = 0.7;

const middleOf = ({ low, high }: { readonly low: number; readonly high: number }, isLog: boolean): number =>
  isLog ? Math.sqrt(low * high) : (low + high) / 2;

/** The outline of a histogram; empty bins lie on its floor. */
const stepsOf = (bins: readonly BinPerformance[]): readonly { readonly x: number; readonly y: number }[] =>
  bins.flatMap(({ low, high, counts }) => {
    const y = Math.max(FLOOR, totalOf(counts));
    return [
      { x: low, y },
      { x: high, y },
    ];
  });

const edgesOf = (bins: readonly BinPerformance[]): readonly number[] =>
  bins.length === 0 ? [] : [...bins.map(({ low }) => low), bins.at(-1)!.high];

/** Those places whose counts do not run into each other, from the left. */
function everyFitting<T extends { readonly x: number }>(
  places: readonly T[],
  isLog: boolean,
  leastShare: number,
): readonly T[] {
  const along = ({ x }: T): number => (isLog ? Math.log(x) : x);
  const span = places.length < 2 ? 1 : along(places.at(-1)!) - along(places[0]!);
  let last = -Infinity;
  return places.filter((place) => {
    const isFree = along(place) - last >= leastShare * span;
    if (isFree) last = along(place);
    return isFree;
  });
}

/** Decades alone where ticks between them would collide. */
function xTicks({ isLog }: Property, fontPx: number, widthPx: number) {
  return isLog ? { ticks: Math.max(2, Math.floor(widthPx / (fontPx * 9))), tickFormat: '~g' } : { ticks: 6 };
}
