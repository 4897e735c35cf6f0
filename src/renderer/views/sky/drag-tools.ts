import type { AnnotationSheet, SkyPainter } from '../../sky-map/annotations.ts';
import type { BeginDrag, Drag, DragStart } from '../../sky-map/drags.ts';
import type { ScreenPoint, SkyMap } from '../../sky-map/sky-map-types.ts';
import type { SetMode } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';
import type { SkyTool } from '../../state/sky-view.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { regionOf, tracePath } from './region-shapes.ts';
import type { RegionTool } from './region-shapes.ts';
import { ruler } from './ruler.ts';

/** A press that moves no farther than this is a click [CSS pixel]. */
const CLICK_SLACK_PX = 4;
/** Vertical drag that doubles the contrast [CSS pixel]. */
const PX_PER_DOUBLING = 100;
const MOST_CONTRAST = 10;

const SELECTION_STROKE = { dark: '#74b4f5', light: '#0b61b8' } as const;

/** Routes drags on the sky to the tool in hand; undefined drags are Aladin's pan. */
export function dragTools(map: SkyMap): BeginDrag {
  return (start) => {
    if (start.button === 2) return contrastDrag(start);
    if (start.button !== 0) return undefined;
    const { tool } = useSkyView.getState();
    if (tool === 'ruler') return ruler.begin(map, start);
    const region = regionTool(tool, start);
    return region === undefined ? undefined : selectionDrag(map, region, start);
  };
}

/** Shift takes a box whatever the tool: the one thing that is wanted in mid-pan. */
const regionTool = (tool: SkyTool, { shift }: DragStart): RegionTool | undefined =>
  tool === 'box' || tool === 'circle' || tool === 'lasso' ? tool : shift ? 'box' : undefined;

/** DS9: across for bias, up and down for contrast. */
function contrastDrag({ point: from }: DragStart): Drag {
  const before = useSkyView.getState();
  return {
    move: ({ x, y }) =>
      useSkyView.getState().set({
        bias: Math.min(1, Math.max(0, before.bias + (x - from.x) / globalThis.innerWidth)),
        contrast: Math.min(MOST_CONTRAST, Math.max(0, before.contrast * 2 ** ((from.y - y) / PX_PER_DOUBLING))),
      }),
    end: () => undefined,
    cancel: () => useSkyView.getState().set({ bias: before.bias, contrast: before.contrast }),
  };
}

const modeOf = ({ shift, control }: DragStart): SetMode => (control ? 'remove' : shift ? 'add' : 'replace');

function selectionDrag(map: SkyMap, tool: RegionTool, start: DragStart): Drag {
  const path: ScreenPoint[] = [start.point];
  const paint: SkyPainter = ({ context, theme }: AnnotationSheet) => {
    tracePath(context, tool, path);
    context.fillStyle = SELECTION_STROKE[theme];
    context.globalAlpha = 0.12;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = SELECTION_STROKE[theme];
    context.lineWidth = 1.5;
    context.stroke();
  };
  const stop = map.addPainter(paint);
  return {
    move(point) {
      path.push(point);
      map.redraw();
    },
    end(point) {
      path.push(point);
      stop();
      // A click in place picks the source under it instead.
      const reach = Math.max(...path.map(({ x, y }) => Math.hypot(x - start.point.x, y - start.point.y)));
      if (reach > CLICK_SLACK_PX) useSelection.getState().choose(map.rowsInside(regionOf(tool, path)), modeOf(start));
    },
    cancel: stop,
  };
}
