import type { PlotOptions } from '@observablehq/plot';
import { plot } from '@observablehq/plot';
import type { Palette } from './palette.ts';
import type { DrawingDocument, SvgNode } from './svg.ts';
import { setAttributes, SVG_NAMESPACE, svgElement } from './svg.ts';

/** Where and how large a figure is drawn. */
export interface Surface {
  readonly document: DrawingDocument;
  readonly widthPx: number;
  /** Chosen by the figure where absent. */
  readonly heightPx?: number | undefined;
  readonly palette: Palette;
  readonly fontPx: number;
}

/** A figure on a surface. What moves with the threshold moves without drawing the rest again. */
export interface DrawnFigure {
  readonly element: SvgNode;
  readonly moveTo: (threshold: number) => void;
  /** Value on the x axis at a place of the element [CSS pixel from its left edge], ends included; undefined without one. */
  readonly invertX: (xPx: number) => number | undefined;
  /** Puts the marks of a figure of the same frame in place of those drawn; does nothing for another frame. */
  readonly drawMarks?: (layers: FigureLayers) => void;
}

/** The numbers that a figure is drawn from, for a CSV file. An empty cell is an undefined number. */
export interface NumberTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface Figure {
  /** Stem of the file that it is saved as. */
  readonly name: string;
  readonly title: string;
  /** Ready for a paper: what is shown, of how many rows, at which threshold, by which model. */
  readonly caption: string;
  readonly numbers: NumberTable;
  draw(surface: Surface): DrawnFigure;
  /** Its height follows from what it shows, whatever height the surface has. */
  readonly hasOwnHeight?: boolean;
  /** Of a figure whose marks are drawn apart from its frame. */
  readonly layers?: FigureLayers;
}

/** What every caption says of the data behind it. */
export interface FigureSubject {
  /** "ILT field X, model compact-sim-4" and the like. */
  readonly source: string;
  readonly rows: number;
  /** Undefined where the truth is not known. */
  readonly mc: number | undefined;
  /** A sentence that must not be lost, as "Includes 12 rows that the model was trained on."; empty otherwise. */
  readonly warning: string;
  /** Rows that are drawn beside all: what was chosen on the sky or in the table. */
  readonly subset?: FigureSubset | undefined;
}

export interface FigureSubset {
  readonly name: string;
  readonly rows: number;
  readonly mc: number;
}

/** Lines of a subset, beside the solid ones of all rows and the dashed ones of another way to count them. */
export const SUBSET_DASHES = '1 3';

interface PlottedSvg extends SvgNode {
  scale(name: 'x' | 'y'): PlottedScale | undefined;
}

interface PlottedScale {
  readonly range: readonly number[];
  apply(value: number): number;
  invert?(place: number): number;
}

export interface Plotted {
  readonly element: SvgNode;
  readonly x: PlottedScale | undefined;
  readonly y: PlottedScale | undefined;
}

/**
 * A figure in two layers, for what changes with every step of a dragged threshold: axes, grids and words are plotted
 * once, and only the marks that move are drawn again, by hand, in well under a millisecond.
 */
export interface FigureLayers {
  /** Figures with the same frame (the same object) differ in their marks alone. */
  readonly frame: FigureFrame;
  /** The marks, in the places of the frame that was plotted on that surface. */
  readonly marks: (surface: Surface, plotted: Plotted) => SvgNode;
}

export interface FigureFrame {
  readonly plot: (surface: Surface) => Plotted;
}

/** Draws marks on the surface in the house style: no box, quiet axes, the surface's ink and type. */
export function plotOn(surface: Surface, options: PlotOptions): Plotted {
  const { palette, fontPx, widthPx } = surface;
  const element = plot({
    width: widthPx,
    height: surface.heightPx ?? Math.round(widthPx * 0.72),
    marginTop: Math.round(fontPx * 2),
    marginRight: Math.round(fontPx * 1.4),
    marginBottom: Math.round(fontPx * 3.4),
    marginLeft: Math.round(fontPx * 4.8),
    ...options,
    // Plot knows the browser's Document alone; it uses no more of it than DrawingDocument says.
    document: surface.document as unknown as Exclude<PlotOptions['document'], undefined>,
    style: {
      fontFamily: palette.fontFamily,
      fontSize: `${fontPx}px`,
      fontVariant: 'tabular-nums',
      color: palette.ink,
      background: 'none',
      overflow: 'visible',
    },
  }) as unknown as PlottedSvg;
  element.setAttribute('xmlns', SVG_NAMESPACE);
  return { element, x: element.scale('x'), y: element.scale('y') };
}

/** A drawn figure in which nothing but a redraw follows the threshold. */
export const still = ({ element, x }: Plotted): DrawnFigure => ({
  element,
  moveTo: () => undefined,
  invertX: inverse(x),
});

/** Value of a scale at a place, at its nearer end outside of it; undefined without a scale that can tell. */
export function inverse(scale: PlottedScale | undefined): (place: number) => number | undefined {
  return (place) => {
    if (scale === undefined) return undefined;
    const [from, to] = [scale.range[0] ?? 0, scale.range[1] ?? 0];
    return scale.invert?.(Math.min(Math.max(from, to), Math.max(Math.min(from, to), place)));
  };
}

/** A vertical line across the figure at the threshold. */
export function withThresholdLine(surface: Surface, plotted: Plotted, threshold: number): DrawnFigure {
  const [low, high] = [plotted.y?.range[0] ?? 0, plotted.y?.range[1] ?? 0];
  const line = svgElement(surface, 'line', {
    y1: low,
    y2: high,
    stroke: surface.palette.ink,
    'stroke-width': 1,
    'stroke-dasharray': '1 2',
  });
  plotted.element.append(line);
  const moveTo = (value: number): void => {
    const place = plotted.x?.apply(value) ?? 0;
    setAttributes(line, { x1: place, x2: place });
  };
  moveTo(threshold);
  return { element: plotted.element, moveTo, invertX: inverse(plotted.x) };
}

/** A ring at the point that a threshold gives; hidden where it gives none. */
export function withThresholdPoint(
  surface: Surface,
  plotted: Plotted,
  pointAt: (threshold: number) => readonly [x: number, y: number] | undefined,
  threshold: number,
): DrawnFigure {
  const look = { r: surface.fontPx * 0.5, fill: 'none', stroke: surface.palette.ink, 'stroke-width': 2 };
  const ring = svgElement(surface, 'circle', look);
  plotted.element.append(ring);
  const moveTo = (value: number): void => {
    const point = pointAt(value);
    setAttributes(ring, {
      visibility: point === undefined ? 'hidden' : 'visible',
      cx: point === undefined ? 0 : (plotted.x?.apply(point[0]) ?? 0),
      cy: point === undefined ? 0 : (plotted.y?.apply(point[1]) ?? 0),
    });
  };
  moveTo(threshold);
  return { element: plotted.element, moveTo, invertX: inverse(plotted.x) };
}
