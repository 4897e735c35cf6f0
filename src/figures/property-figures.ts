import type { Markish } from '@observablehq/plot';
import { gridY, rect, ruleX } from '@observablehq/plot';
import type { AssociationMode } from '../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../core/evaluation/association-correction.ts';
import type { MetricInterval } from '../core/evaluation/metric-interval.ts';
import { CELL_NAMES } from '../core/evaluation/cells.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { MetricName } from '../core/evaluation/confusion.ts';
import { totalOf } from '../core/evaluation/confusion.ts';
import type { BinPerformance } from '../core/evaluation/property-performance.ts';
import { COUNT_FOOT, countAxis, xAxis, yAxis } from './axes.ts';
import type { Figure, FigureFrame, FigureLayers, FigureSubject, Plotted, Surface } from './figure.ts';
import { plotOn, SUBSET_DASHES } from './figure.ts';
import { drawLayers } from './layers.ts';
import type { SvgAttributes, SvgNode } from './svg.ts';
import { pathThrough, svgElement } from './svg.ts';
import { legend } from './threshold-figures.ts';
import { captionOf, CELL_WORDS, grouped, valueOrGap, valueOrNull } from './words.ts';

/** A property of sources, as an axis names it. */
export interface Property {
  readonly name: string;
  /** Empty for a number without one. */
  readonly unit: string;
  readonly isLog: boolean;
}

export type BinIntervals = readonly Readonly<Partial<Record<MetricName, MetricInterval | undefined>>>[];

const SHOWN = ['recall', 'accuracy'] as const;
const TITLES: Readonly<Record<(typeof SHOWN)[number], string>> = { recall: 'Recall of MC', accuracy: 'Accuracy' };

const axisLabel = ({ name, unit }: Property): string => (unit === '' ? name : `${name} [${unit}]`);

/** A bin as words: what a mark of it is called. */
export const binWords = (
  { name, unit }: Property,
  { low, high }: { readonly low: number; readonly high: number },
): string => `${name} ${Number(low.toPrecision(4))} to ${Number(high.toPrecision(4))}${unit === '' ? '' : ` ${unit}`}`;

/** What a figure over a property is drawn from. */
export interface PropertyFigureOptions {
  readonly property: Property;
  /** Performance at `threshold`, counted as `mode` counts. */
  readonly bins: readonly BinPerformance[];
  readonly threshold: number;
  readonly mode: AssociationMode;
  readonly subject: FigureSubject;
  /** The same bins of a part of the rows, drawn beside all. */
  readonly subset?: readonly BinPerformance[] | undefined;
  /** Of an earlier figure over the same bins, so that only the marks are drawn again; made anew where absent. */
  readonly frame?: FigureFrame | undefined;
}

interface PerformanceOptions extends PropertyFigureOptions {
  /** Of each bin; undefined while they are not computed. */
  readonly intervals: BinIntervals | undefined;
  /** Rows without a value of the property. */
  readonly missing: number;
}

/** Accuracy and recall in bins of a property, with intervals and counts (Fig. 12). */
export function propertyFigure(options: PerformanceOptions): Figure {
  const { property, bins, threshold, mode, subject, subset, intervals, missing } = options;
  const frame = options.frame ?? propertyFrame(property, bins);
  const layers: FigureLayers = {
    frame,
    marks: (surface, plotted) => performanceMarks(surface, plotted, bins, intervals, property.isLog, subset),
  };
  return {
    name: `performance-by-${property.name.replace(/[^A-Za-z0-9]+/g, '-')}`,
    title: `Performance by ${property.name}`,
    caption: captionOf(
      `Accuracy and recall of class MC in bins of ${axisLabel(property)} at threshold ${threshold}, ${ASSOCIATION_MODE_WORDS[mode]}; ` +
        'bars are 95 % intervals by physical source (Wilson’s from few, or where all fall alike), numbers the sources of a bin and, below, its MC sources.' +
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
    layers,
    draw: (surface) => drawLayers(surface, layers),
  };
}

type Bin = Pick<BinPerformance, 'low' | 'high'>;

/** The lower end of the axis: room for counts beneath 0. */
const LOWEST = -0.16;

/** Axes, bins and names of a figure of performance by a property: what no threshold changes. */
export function propertyFrame(property: Property, bins: readonly Bin[]): FigureFrame {
  return {
    plot: (surface) =>
      plotOn(surface, {
        marginTop: surface.fontPx * 3.2,
        marginBottom: surface.fontPx * 3.6,
        x: propertyScale(property, bins),
        y: { domain: [LOWEST, 1], label: null },
        marks: [
          gridY([0, 0.2, 0.4, 0.6, 0.8, 1], { stroke: surface.palette.grid, strokeOpacity: 1 }),
          propertyAxis(property, surface),
          yAxis({ ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }),
          // Under the marks, which let the pointer through: a click anywhere in a bin is a click on the bin.
          rect(bins, {
            x1: 'low',
            x2: 'high',
            y1: LOWEST,
            y2: 1,
            fill: surface.palette.ink,
            fillOpacity: 0,
            className: 'property-bin',
            title: (bin: Bin) => binWords(property, bin),
          }),
          ruleX(edgesOf(bins), { stroke: surface.palette.grid, strokeOpacity: 0.8 }),
          ...legend(
            [
              ...SHOWN.map((name) => ({ name: TITLES[name], colour: surface.palette[name] })),
              { name: 'MC sources', colour: surface.palette.mc },
            ],
            surface.fontPx,
          ),
        ],
      }),
  };
}

/** Recall and accuracy with their intervals, the same of a subset (empty circles), and counts. */
function performanceMarks(
  surface: Surface,
  { x, y }: Plotted,
  bins: readonly BinPerformance[],
  intervals: BinIntervals | undefined,
  isLog: boolean,
  subset: readonly BinPerformance[] = [],
): SvgNode {
  const { palette, fontPx } = surface;
  if (x === undefined || y === undefined) return svgElement(surface, 'g', {});
  const circle = (cx: number, cy: number, attributes: SvgAttributes): SvgNode[] =>
    Number.isFinite(cy) ? [svgElement(surface, 'circle', { cx, cy, ...attributes })] : [];
  const curves = SHOWN.flatMap((name, at) => {
    // Side by side, so that two intervals of one bin do not cover each other.
    const dx = (at - 0.5) * fontPx * 0.6;
    const colour = palette[name];
    const placeOf = (bin: BinPerformance) =>
      [x.apply(middleOf(bin, isLog)) + dx, y.apply(valueOrGap(bin.metrics[name]))] as const;
    const points = bins.map(placeOf);
    return [
      ...points.flatMap(([place], index) => {
        const interval = intervals?.[index]?.[name];
        if (interval === undefined) return [];
        const ends = { x1: place, x2: place, y1: y.apply(interval.low), y2: y.apply(interval.high) };
        return [svgElement(surface, 'line', { ...ends, stroke: colour, 'stroke-width': 1.4 })];
      }),
      svgElement(surface, 'path', {
        d: pathThrough(points),
        fill: 'none',
        stroke: colour,
        'stroke-opacity': 0.5,
        'stroke-width': 1.5,
      }),
      ...points.flatMap(([cx, cy]) => circle(cx, cy, { r: fontPx * 0.27, fill: colour })),
      ...subset
        .map(placeOf)
        .flatMap(([cx, cy]) =>
          circle(cx, cy, { r: fontPx * 0.32, fill: palette.background, stroke: colour, 'stroke-width': 1.4 }),
        ),
    ];
  });
  const places = bins.map((bin) => ({ ...bin, x: middleOf(bin, isLog) }));
  const counts = everyFitting(places, isLog, (fontPx * 3.2) / surface.widthPx).flatMap((place) => {
    const words = (value: number, at: number, fill: string): SvgNode =>
      svgElement(
        surface,
        'text',
        {
          x: x.apply(place.x),
          y: y.apply(at) + fontPx * 0.26,
          fill,
          'text-anchor': 'middle',
          'font-size': fontPx * 0.8,
        },
        [grouped(value)],
      );
    return [
      words(totalOf(place.counts), -0.05, palette.quiet),
      words(place.counts.truePositive + place.counts.falseNegative, -0.12, palette.mc),
    ];
  });
  return svgElement(surface, 'g', { 'pointer-events': 'none' }, [...curves, ...counts]);
}

/** The four cells stacked in bins of a property, sources on a logarithmic axis (Fig. 14 for flux). */
export function stackedHistogramFigure(options: PropertyFigureOptions): Figure {
  const { property, bins, threshold, mode, subject, subset } = options;
  const frame = options.frame ?? histogramFrame(property, bins, fullestOf(bins));
  const layers: FigureLayers = {
    frame,
    marks: (surface, plotted) => histogramMarks(surface, plotted, property, bins, subset ?? []),
  };
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
    layers,
    draw: (surface) => drawLayers(surface, layers),
  };
}

/** Axes and names of a stacked histogram. @param highest sources of the fullest bin */
export function histogramFrame(property: Property, bins: readonly Bin[], highest: number): FigureFrame {
  return {
    plot: (surface) => {
      const axis = countAxis(surface.palette, highest);
      return plotOn(surface, {
        marginTop: surface.fontPx * 3.2,
        x: propertyScale(property, bins),
        y: axis.y,
        marks: [
          ...axis.frame,
          propertyAxis(property, surface),
          ...legend(
            STACK.map((name) => ({ name: STACK_TITLES[name], colour: surface.palette[name] })),
            surface.fontPx,
          ),
        ],
      });
    },
  };
}

/** The bars, and the outline of a subset over them. */
function histogramMarks(
  surface: Surface,
  { x, y }: Plotted,
  property: Property,
  bins: readonly BinPerformance[],
  subset: readonly BinPerformance[],
): SvgNode {
  if (x === undefined || y === undefined) return svgElement(surface, 'g', {});
  const bars = bins.flatMap((bin) => {
    let base = 0;
    const [left, right] = [x.apply(bin.low) + 0.5, x.apply(bin.high) - 0.5];
    return STACK.flatMap((name) => {
      const [from, to] = [Math.max(COUNT_FOOT, base), Math.max(COUNT_FOOT, base + bin.counts[name])];
      base += bin.counts[name];
      if (to <= from) return [];
      const box = { x: left, width: Math.max(0, right - left), y: y.apply(to), height: y.apply(from) - y.apply(to) };
      const words = svgElement(surface, 'title', {}, [`${binWords(property, bin)}\n${CELL_WORDS[name]}`]);
      return [svgElement(surface, 'rect', { class: 'histogram-bar', ...box, fill: surface.palette[name] }, [words])];
    });
  });
  const outline = svgElement(surface, 'path', {
    d: pathThrough(stepsOf(subset).map((step) => [x.apply(step.x), y.apply(step.y)])),
    fill: 'none',
    stroke: surface.palette.ink,
    'stroke-width': 1.4,
    'stroke-dasharray': SUBSET_DASHES,
    'stroke-linecap': 'round',
    'pointer-events': 'none',
  });
  return svgElement(surface, 'g', {}, [...bars, outline]);
}

const propertyScale = (property: Property, bins: readonly Bin[]) =>
  ({
    type: property.isLog ? 'log' : 'linear',
    domain: [bins[0]?.low ?? 0, bins.at(-1)?.high ?? 1],
    label: axisLabel(property),
    labelArrow: 'none',
    labelAnchor: 'center',
  }) as const;

const propertyAxis = (property: Property, { fontPx, widthPx }: Surface): Markish =>
  xAxis({ tickSize: 3, label: axisLabel(property), ...xTicks(property, fontPx, widthPx) });

/** Rarest at the bottom: on a logarithmic axis what stands on top of many is hardly seen. */
const STACK: readonly CellName[] = ['falseNegative', 'falsePositive', 'truePositive', 'trueNegative'];
const STACK_TITLES: Readonly<Record<CellName, string>> = {
  truePositive: 'TP',
  falsePositive: 'FP',
  falseNegative: 'FN',
  trueNegative: 'TN',
};

const middleOf = ({ low, high }: { readonly low: number; readonly high: number }, isLog: boolean): number =>
  isLog ? Math.sqrt(low * high) : (low + high) / 2;

/** The outline of a histogram; empty bins lie on its floor. */
const stepsOf = (bins: readonly BinPerformance[]): readonly { readonly x: number; readonly y: number }[] =>
  bins.flatMap(({ low, high, counts }) => {
    const y = Math.max(COUNT_FOOT, totalOf(counts));
    return [
      { x: low, y },
      { x: high, y },
    ];
  });

/** Sources of the fullest bin. */
export const fullestOf = (bins: readonly BinPerformance[]): number =>
  bins.reduce((most, { counts }) => Math.max(most, totalOf(counts)), 0);

const edgesOf = (bins: readonly Bin[]): readonly number[] =>
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
