import type { AddPanelPositionOptions, DockviewApi } from 'dockview-react';
import type { PanelDefinition } from './panels.ts';
import { panelOf, PANELS } from './panels.ts';

/** `narrow`: sky and spine above one group of tabs, for small windows and large zooms. */
export type Arrangement = 'wide' | 'narrow';

type Place = PanelDefinition['place'];

/** Height of the threshold bar [CSS pixel]; it does not change. */
const SPINE_PX = 64;

interface FirstStand {
  readonly position?: AddPanelPositionOptions;
  readonly initialWidth?: number;
  readonly initialHeight?: number;
  readonly inactive?: boolean;
}

function add(dock: DockviewApi, panel: PanelDefinition, stand: FirstStand): void {
  const { id, title, minimumWidth, minimumHeight } = panel;
  const spine = panel.place === 'spine' ? { maximumHeight: SPINE_PX, initialHeight: SPINE_PX } : {};
  dock.addPanel({ id, title, component: id, minimumWidth, minimumHeight, ...spine, ...stand });
}

/** The first of the panels at the stand, the others as tabs behind it. */
function addTogether(dock: DockviewApi, panels: readonly PanelDefinition[], stand: FirstStand): void {
  const [front, ...behind] = panels;
  if (front === undefined) return;
  add(dock, front, stand);
  for (const panel of behind) add(dock, panel, { position: { referencePanel: front.id }, inactive: true });
}

const firstWidths = (dock: DockviewApi): Readonly<Record<'left' | 'right', number>> => ({
  left: Math.round(Math.min(232, dock.width * 0.22)),
  right: Math.round(Math.min(424, dock.width * 0.45)),
});

/** Lays out an empty dock as a new project has it: the sky in its middle, the threshold bar under it. */
export function arrange(dock: DockviewApi, arrangement: Arrangement): void {
  const at = (...places: readonly Place[]): PanelDefinition[] =>
    places.flatMap((place) => PANELS.filter((panel) => panel.place === place));

  addTogether(dock, at('hero'), {});
  if (arrangement === 'narrow') {
    addTogether(dock, at('spine'), { position: { direction: 'below' } });
    addTogether(dock, at('below', 'right', 'left'), {
      position: { direction: 'below' },
      initialHeight: Math.round(dock.height * 0.42),
    });
  } else {
    const widths = firstWidths(dock);
    // The right column is as high as the window; spine and table lie under both field and sky.
    addTogether(dock, at('right'), { position: { direction: 'right' }, initialWidth: widths.right });
    addTogether(dock, at('below'), {
      position: { referencePanel: 'sky', direction: 'below' },
      initialHeight: Math.round(Math.min(236, dock.height * 0.4)),
    });
    addTogether(dock, at('spine'), { position: { referencePanel: 'sky', direction: 'below' } });
    addTogether(dock, at('left'), {
      position: { referencePanel: 'sky', direction: 'left' },
      initialWidth: widths.left,
    });
  }
  settle(dock);
}

/** Opens a panel in a dock that has others: as a tab of its place, or at the edge where that place is empty. */
export function addTo(dock: DockviewApi, panel: PanelDefinition, options: { readonly inactive?: boolean } = {}): void {
  const neighbour = PANELS.find((other) => other.place === panel.place && dock.getPanel(other.id) !== undefined);
  if (neighbour !== undefined) add(dock, panel, { position: { referencePanel: neighbour.id }, ...options });
  else if (panel.place === 'left' && dock.getPanel('sky') !== undefined) {
    const position = { referencePanel: 'sky', direction: 'left' } as const;
    add(dock, panel, { position, initialWidth: firstWidths(dock).left, ...options });
  } else if (panel.place === 'right') {
    add(dock, panel, { position: { direction: 'right' }, initialWidth: firstWidths(dock).right, ...options });
  } else add(dock, panel, { position: { direction: 'below' }, ...options });
  settle(dock);
}

/** What a field is looked at with first, in front of whatever shares its place: its source page, then the sky. */
export function showFirst(dock: DockviewApi): void {
  dock.getPanel('source')?.api.setActive();
  const sky = panelOf('sky')!;
  if (dock.getPanel(sky.id) === undefined) addTo(dock, sky);
  dock.getPanel(sky.id)?.api.setActive();
}

/** The sky alone needs no header; the spine never has one, nor does anything dock onto it. */
export function settle(dock: DockviewApi): void {
  for (const group of dock.groups) {
    const ids = group.panels.map(({ id }) => id);
    const isSpine = ids.includes('threshold');
    const hasNoHeader = isSpine || (ids.length === 1 && ids[0] === 'sky');
    if (group.header.hidden !== hasNoHeader) group.header.hidden = hasNoHeader;
    const locked = isSpine ? 'no-drop-target' : false;
    if (group.locked !== locked) group.locked = locked;
  }
}
