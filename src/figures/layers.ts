import type { DrawnFigure, FigureLayers, Surface, SvgNode } from './figure.ts';
import { inverse, SVG_NAMESPACE } from './figure.ts';

/** Both layers, as an export or a first drawing has them. */
export function drawLayers(surface: Surface, { frame, marks }: FigureLayers): DrawnFigure {
  const plotted = frame.plot(surface);
  let shown = marks(surface, plotted);
  plotted.element.append(shown);
  return {
    element: plotted.element,
    moveTo: () => undefined,
    invertX: inverse(plotted.x),
    drawMarks: (layers) => {
      if (layers.frame !== frame) return;
      const fresh = layers.marks(surface, plotted);
      shown.replaceWith(fresh);
      shown = fresh;
    },
  };
}

/** An SVG element with attributes, children, and what a pointer on it is told. */
export function svgElement(
  { document }: Pick<Surface, 'document'>,
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly (SvgNode | string)[] = [],
): SvgNode {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, typeof value === 'number' ? String(rounded(value)) : value);
  }
  element.append(...children);
  return element;
}

/** A hundredth of a pixel is finer than any print. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A path through points; a point that is not there (NaN) breaks it. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  let isDown = false;
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        isDown = false;
        return '';
      }
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${rounded(x)},${rounded(y)}`;
    })
    .join('');
}
