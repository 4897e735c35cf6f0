import type { Markish, TextOptions } from '@observablehq/plot';
import { text } from '@observablehq/plot';
import type { AssociationMode } from '../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../core/evaluation/association-correction.ts';
import type { CellName } from '../core/evaluation/cells.ts';
import type { ConfusionCounts } from '../core/evaluation/confusion.ts';
import type { Figure, FigureFrame, FigureSubject, Surface } from './figure.ts';
import { plotOn } from './figure.ts';
import { drawLayers } from './layers.ts';
import type { SvgNode } from './svg.ts';
import { svgElement } from './svg.ts';
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

/**
 * Confusion matrices with counts and shares of their rows (Figs. 11 and 13).
 * @param frame of an earlier figure of the same samples, so that only the cells are drawn again
 */
export function matrixFigure(
  samples: readonly MatrixSample[],
  threshold: number,
  mode: AssociationMode,
  subject: FigureSubject,
  frame: FigureFrame = matrixFrame(samples.map(({ name }) => name)),
): Figure {
  const layers = { frame, marks: (surface: Surface) => cellsOn(surface, samples) };
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
    layers,
    hasOwnHeight: true,
    draw: (surface) => drawLayers(surface, layers),
  };
}

/** Where the matrices stand on a surface, in pixels: one frame for all, so that no facet repeats an axis. */
function placesOn({ widthPx, fontPx }: Surface, names: readonly string[]) {
  const columns = Math.max(1, Math.min(names.length, Math.floor(widthPx / (fontPx * COLUMN_EM))));
  const lines = Math.ceil(names.length / columns);
  const [marginLeft, marginTop, gap] = [fontPx * 3.4, fontPx * 2.6, fontPx * 2.6];
  const side = (widthPx - marginLeft - gap * (columns - 1) - 2) / columns;
  const height = Math.min(side, fontPx * 13) * 0.62;
  const pitch = height + gap + fontPx * 2.4;
  const corners = names.map((name, index) => ({
    name,
    x: marginLeft + (index % columns) * (side + gap),
    y: marginTop + Math.floor(index / columns) * pitch,
  }));
  return { corners, side, height, heightPx: marginTop + lines * pitch };
}

/** Names of samples and classes: what no threshold changes. */
export function matrixFrame(names: readonly string[]): FigureFrame {
  return {
    plot(surface) {
      const { palette, fontPx } = surface;
      const { corners, side, height, heightPx } = placesOn(surface, names);
      const words = (of: typeof corners, options: Omit<TextOptions, 'x' | 'y'>): Markish =>
        text(of, { x: 'x', y: 'y', fill: palette.quiet, ...options });
      return plotOn(
        { ...surface, heightPx },
        {
          margin: 0,
          x: { type: 'identity', axis: null },
          y: { type: 'identity', axis: null },
          marks: [
            words(corners, {
              dy: -fontPx * 1.1,
              textAnchor: 'start',
              fontWeight: 600,
              text: 'name',
              fill: palette.ink,
            }),
            ...['S', 'MC'].flatMap((name, at) => [
              words(corners, { dx: side * (0.25 + at / 2), dy: height + fontPx * 0.9, text: () => name }),
              words(corners, {
                dx: -fontPx * 0.6,
                dy: height * (0.25 + at / 2),
                textAnchor: 'end',
                text: () => name,
              }),
            ]),
            words(corners.slice(0, 1), { dx: side / 2, dy: height + fontPx * 2.1, text: () => 'predicted' }),
            words(corners.slice(0, 1), { dx: -fontPx * 2.6, dy: height / 2, rotate: -90, text: () => 'true' }),
          ],
        },
      );
    },
  };
}

/** Cells with their counts and shares. */
function cellsOn(surface: Surface, samples: readonly MatrixSample[]): SvgNode {
  const { palette, fontPx } = surface;
  const { corners, side, height } = placesOn(
    surface,
    samples.map(({ name }) => name),
  );
  const cells = samples.flatMap(({ name, counts }, index) =>
    CELLS.flatMap(({ cell, row, column }) => {
      const share = shareOfRow(counts, cell, row) ?? Number.NaN;
      const corner = corners[index]!;
      const [left, top] = [corner.x + (column * side) / 2, corner.y + (row * height) / 2];
      const middle = { x: left + side / 4, fill: share > 0.45 ? palette.onCell : palette.ink };
      return [
        svgElement(
          surface,
          'rect',
          {
            class: 'matrix-cell',
            x: left,
            y: top,
            width: side / 2,
            height: height / 2,
            fill: palette.cell,
            'fill-opacity': Number.isNaN(share) ? 0 : 0.06 + 0.94 * share,
            stroke: palette.background,
            'stroke-width': 1.5,
          },
          [svgElement(surface, 'title', {}, [`${name}\n${CELL_WORDS[cell]}`])],
        ),
        svgElement(surface, 'text', { ...middle, y: top + height / 4 - fontPx * 0.13 }, [grouped(counts[cell])]),
        svgElement(
          surface,
          'text',
          { ...middle, y: top + height / 4 + fontPx * 1.12, 'fill-opacity': 0.85, 'font-size': fontPx * 0.85 },
          [percentText(share)],
        ),
      ];
    }),
  );
  return svgElement(surface, 'g', { 'text-anchor': 'middle', 'pointer-events': 'all' }, cells);
}
