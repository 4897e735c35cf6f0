import { useKeys } from '../../keys/use-keys.ts';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { NO_ROWS } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { ruler } from './ruler.ts';

const ZOOM_STEP = 1.4;

/** Obeys the keys of the sky, anywhere in the window while no text box has the focus. */
export function useSkyKeys(map: SkyMap | undefined): void {
  const view = useSkyView.getState;
  useKeys({
    'zoom-in': () => map?.zoomBy(1 / ZOOM_STEP),
    'zoom-out': () => map?.zoomBy(ZOOM_STEP),
    'whole-field': () => map?.resetView(),
    'invert-image': () => view().set({ isInverted: !view().isInverted }),
    'reset-image': () => view().resetDisplay(),
    grid: () => view().set({ isGridShown: !view().isGridShown }),
    ruler: () => view().set({ tool: view().tool === 'ruler' ? 'pan' : 'ruler' }),
    blink: () => view().showLayer(view().lastLayer),
    // Esc puts the sky's things away first; only then does the window deselect the source.
    cancel: putAway,
  });
}

/** Tool, then ruler, then chosen rows. @returns false where there was nothing to put away */
function putAway(): boolean {
  const { tool, set } = useSkyView.getState();
  const { chosen, choose } = useSelection.getState();
  if (tool !== 'pan') set({ tool: 'pan' });
  else if (ruler.isShown()) ruler.clear();
  else if (chosen.length > 0) choose(NO_ROWS, 'replace');
  else return false;
  return true;
}
