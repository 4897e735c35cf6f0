import type { DrawnFigure, FigureLayers, Surface } from './figure.ts';
import { still } from './figure.ts';

/** Both layers, as an export or a first drawing has them. */
export function drawLayers(surface: Surface, { frame, marks }: FigureLayers): DrawnFigure {
  const plotted = frame.plot(surface);
  let shown = marks(surface, plotted);
  plotted.element.append(shown);
  return {
    ...still(plotted),
    drawMarks: (layers) => {
      if (layers.frame !== frame) return;
      const fresh = layers.marks(surface, plotted);
      shown.replaceWith(fresh);
      shown = fresh;
    },
  };
}
