import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { binByProperty, performanceByProperty, propertyEdges } from '../../src/core/evaluation/property-performance.ts';
import { countsAt, scoreTable } from '../../src/core/evaluation/score-table.ts';
import { scoredRows } from '../../src/core/evaluation/scored-rows.ts';
import { randomStream } from '../../src/core/random/philox.ts';
import type { Figure, Surface } from '../../src/figures/figure.ts';
import type { DrawingDocument } from '../../src/figures/svg.ts';
import { matrixFigure, matrixFrame } from '../../src/figures/matrix-figure.ts';
import { LIGHT_PALETTE } from '../../src/figures/palette.ts';
import {
  fullestOf,
  histogramFrame,
  propertyFigure,
  propertyFrame,
  stackedHistogramFigure,
} from '../../src/figures/property-figures.ts';

const ROWS = 400;
const random = randomStream(7);
const isMc = Uint8Array.from({ length: ROWS }, () => (random.uniform() < 0.3 ? 1 : 0));
const probability = Float64Array.from(isMc, (mc) => 0.6 * random.uniform() + 0.4 * mc);
const flux = Float64Array.from({ length: ROWS }, () => 10 ** (3 * random.uniform()));
const rows = scoredRows({
  isMc,
  probability,
  isSisg: new Uint8Array(ROWS),
  group: Int32Array.from({ length: ROWS }, (_, row) => row >> 1),
  groupCount: ROWS / 2,
});
const table = scoreTable(rows);
const property = { name: 'Total_flux', unit: 'mJy', isLog: true };
const bins = binByProperty(rows, flux, propertyEdges(flux, 8, true));
const subject = { source: 'made up', rows: ROWS, mc: table.mc.length, warning: '' };

const surface: Surface = {
  document: (parseHTML('<!doctype html><html></html>') as unknown as { document: DrawingDocument }).document,
  widthPx: 480,
  palette: LIGHT_PALETTE,
  fontPx: 11,
};

const matrixOver = matrixFrame(['All']);
const propertyOver = propertyFrame(property, bins.bins);
const histogramOver = histogramFrame(property, bins.bins, fullestOf(performanceByProperty(bins, 0, 'raw')));
const intervals = bins.bins.map(() => ({ recall: { low: 0.4, high: 0.6, level: 0.95, by: 'resampling' as const } }));

const shownAt = (threshold: number) => {
  const performance = performanceByProperty(bins, threshold, 'moved');
  return { property, bins: performance, threshold, mode: 'moved', subject, subset: performance } as const;
};

const FIGURES: Readonly<Record<string, (threshold: number) => Figure>> = {
  'confusion matrices': (threshold) =>
    matrixFigure(
      [{ name: 'All', counts: countsAt(table, threshold, 'moved') }],
      threshold,
      'moved',
      subject,
      matrixOver,
    ),
  'performance by a property': (threshold) => {
    const said = threshold === 0.5 ? intervals : undefined;
    return propertyFigure({ ...shownAt(threshold), frame: propertyOver, intervals: said, missing: 0 });
  },
  'cells by a property': (threshold) => stackedHistogramFigure({ ...shownAt(threshold), frame: histogramOver }),
};

describe.each(Object.entries(FIGURES))('%s', (_, figureAt) => {
  test('moved to a threshold are what is drawn anew at that threshold', () => {
    const drawn = figureAt(0.5).draw(surface);
    const before = drawn.element.outerHTML;
    drawn.drawMarks!(figureAt(0.8).layers!);
    expect(drawn.element.outerHTML).toBe(figureAt(0.8).draw(surface).element.outerHTML);
    expect(drawn.element.outerHTML).not.toBe(before);
  });

  test('ask for no new frame while the threshold is dragged', () => {
    expect(figureAt(0.31).layers!.frame).toBe(figureAt(0.3).layers!.frame);
  });
});

test('marks of another figure are not put on a frame that is not theirs', () => {
  const drawn = FIGURES['confusion matrices']!(0.5).draw(surface);
  const before = drawn.element.outerHTML;
  drawn.drawMarks!(FIGURES['cells by a property']!(0.5).layers!);
  expect(drawn.element.outerHTML).toBe(before);
});

test('a cell says its sample and what it is, so that a click knows its sources', () => {
  const { outerHTML } = FIGURES['confusion matrices']!(0.5).draw(surface).element;
  for (const words of ['true positives', 'false negatives']) expect(outerHTML.toLowerCase()).toContain(words);
  const { truePositive } = countsAt(table, 0.5, 'moved');
  expect(outerHTML).toContain(`>${truePositive}</text>`);
});
