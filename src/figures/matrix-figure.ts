import { rect, text } from '@observablehq/plot';
import type { AssociationMode } from '../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../core/evaluation/association-correction.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { ConfusionCounts } from '../core/evaluation/confusion.ts';

import type { Figure, FigureSubject } from './figure.ts';
import { plotOn, still } from './figure.ts';
import { captionOf, CELL_WORDS, grouped, percentText } from './words.ts';

/** One matrix of the figure. */
export interface MatrixSample {
  readonly name: string;
  readonly counts: ConfusionCounts;
}

/** Width below which matrices stand in fewer columns, in units of the type size. */
const COLUMN_EM = 15;

/** True classes as rows, predicted ones as columns, S first: scikit-learn's order and the paper's. */
const CELLS: readonly { readonly cell: CellName; readonly row: number; readonly column: number }[] = [
  { cell: 'trueNegative', row: 0, column: 0 },
  { cell: 'falsePositive', row: 0, column: 1 },
  { cell: 'falseNegative', row: 1, column: 0 },
  { cell: 'truePositive', row: 1, column: 1 },
];

/** Share of its true class; null where the class is empty. */
function shareOfRow(counts: ConfusionCounts, cell: CellName, row: number): number | null {
  const ofRow = row === 0 ? counts.trueNegative + counts.falsePositive : counts.falseNegative + counts.truePositive;
  return ofRow === 0 ? null : counts[cell] / ofRow;
}

/** Confusion matrices with counts and shares of their rows (Figs. 11 and 13). */
export function matrixFigure(
  samples: readonly MatrixSample[],
  threshold: number,
  mode: AssociationMode,
  subject: FigureSubject,
): Figure {
  return {
    name: 'confusion-matrices',
    title: 'Confusion matrices',
    caption: captionOf(
      `Confusion matrices at threshold ${threshold}, ${ASSOCIATION_MODE_WORDS[mode]}: rows are the true class, columns the ` +
        'predicted one; percentages are of the row. SISG sources are class S.',
      subject,
    ),
    numbers: {
      columns: ['sample', 'TN', 'FP', 'FN', 'TP', 'TN_of_S', 'FP_of_S', 'FN_of_MC', 'TP_of_MC', 'mode', 'threshold'],
      rows: samples.map(({ name, counts }) => [
        name,
        counts.trueNegative,
        counts.falsePositive,
        counts.falseNegative,
        counts.truePositive,
        ...CELLS.map(({ cell, row }) => shareOfRow(counts, cell, row)),
        ASSOCIATION_MODE_WORDS[mode],
        threshold,
      ]),
    },
    draw(surface) {
      const { palette, fontPx, widthPx } = surface;
      const columns = Math.max(1, Math.min(samples.length, Math.floor(widthPx / (fontPx * COLUMN_EM))));
      const lines = Math.ceil(samples.length / columns);
      const [marginLeft, marginTop, gap] = [fontPx * 3.4, fontPx * 2.6, fontPx * 2.6];
      const side = (widthPx - marginLeft - gap * (columns - 1) - 2) / columns;
      const height = Math.min(side, fontPx * 13) * 0.62;
      // One frame for all matrices: places in pixels, so that no facet repeats an axis that is the same.
      const boxes = samples.flatMap(({ name, counts }, index) => {
        const left = marginLeft + (index % columns) * (side + gap);
        const top = marginTop + Math.floor(index / columns) * (height + gap + fontPx * 2.4);
        return CELLS.map(({ cell, row, column }) => {
          const share = shareOfRow(counts, cell, row) ?? Number.NaN;
          return {
            name,
            cell,
            count: counts[cell],
            share,
            x1: left + (column * side) / 2,
            x2: left + ((column + 1) * side) / 2,
            y1: top + (row * height) / 2,
            y2: top + ((row + 1) * height) / 2,
          };
        });
      });
      type Box = (typeof boxes)[number];
      const middle = (box: Box): number => (box.x1 + box.x2) / 2;
      const centre = (box: Box): number => (box.y1 + box.y2) / 2;
      const ink = (box: Box): string => (box.share > 0.45 ? palette.onCell : palette.ink);
      const corners = boxes.filter(({ cell }) => cell === 'trueNegative');
      const plotted = plotOn(
        { ...surface, heightPx: marginTop + lines * (height + gap + fontPx * 2.4) },
        {
          margin: 0,
          x: { type: 'identity', axis: null },
          y: { type: 'identity', axis: null },
          color: { type: 'identity' },
          marks: [
            rect(boxes, {
              x1: 'x1',
              x2: 'x2',
              y1: 'y1',
              y2: 'y2',
              fill: palette.cell,
              fillOpacity: ({ share }: Box) => (Number.isNaN(share) ? 0 : 0.06 + 0.94 * share),
              stroke: palette.background,
              strokeWidth: 1.5,
              className: 'matrix-cell',
              title: ({ name, cell }: Box) => `${name}\n${CELL_WORDS[cell]}`,
            }),
            text(boxes, {
              x: middle,
              y: centre,
              dy: -fontPx * 0.45,
              text: ({ count }: Box) => grouped(count),
              fill: ink,
            }),
            text(boxes, {
              x: middle,
              y: centre,
              dy: fontPx * 0.85,
              text: ({ share }: Box) => percentText(share),
              fill: ink,
              fillOpacity: 0.85,
              fontSize: fontPx * 0.85,
            }),
            text(corners, {
              x: 'x1',
              y: 'y1',
              dy: -fontPx * 1.1,
              textAnchor: 'start',
              fontWeight: 600,
              text: 'name',
              fill: palette.ink,
            }),
            ...['S', 'MC'].flatMap((name, at) => [
              text(corners, {
                x: 'x1',
                y: 'y1',
                dx: side * (0.25 + at / 2),
                dy: height + fontPx * 0.9,
                text: () => name,
                fill: palette.quiet,
              }),
              text(corners, {
                x: 'x1',
                y: 'y1',
                dx: -fontPx * 0.6,
                dy: height * (0.25 + at / 2),
                textAnchor: 'end',
                text: () => name,
                fill: palette.quiet,
              }),
            ]),
            text(corners, {
              x: 'x1',
              y: 'y1',
              dx: side / 2,
              dy: height + fontPx * 2.1,
              text: ({ name }: Box) => (name === samples[0]?.name ? 'predicted' : ''),
              fill: palette.quiet,
            }),
            text(corners.slice(0, 1), {
              x: 'x1',
              y: 'y1',
              dx: -fontPx * 2.6,
              dy: height / 2,
              rotate: -90,
              text: () => 'true',
              fill: palette.quiet,
            }),
          ],
        },
      );
      return still(plotted);
    },
  };
}
