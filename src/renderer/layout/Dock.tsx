import { useMediaQuery } from '@mantine/hooks';
import type { DockviewApi, DockviewReadyEvent, DockviewTheme } from 'dockview-react';
import { DockviewReact } from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import { useEffect, useState } from 'react';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { useDock } from '../state/dock.ts';
import { addTo, arrange, settle, showFirst } from './arrange.ts';
import type { Arrangement } from './arrange.ts';
import { HeaderAside, PANEL_COMPONENTS, PanelTab } from './PanelFrame.tsx';
import { panelOf, PANELS } from './panels.ts';
import type { RememberedLayout } from './remembered-layout.ts';
import { recallLayout, recallMachineLayout, rememberLayout } from './remembered-layout.ts';
import './dock.css';

/** Narrower than this the panels stand in one column [CSS pixel]. */
const NARROW_BELOW_PX = 900;
/** A dragged divider tells many layouts; the one at which it rests is kept [ms]. */
const RESTING_MS = 300;

const THEME: DockviewTheme = {
  name: 'lobate',
  className: 'dock-theme',
  dndTabIndicator: 'line',
  dndPanelOverlay: 'group',
};

/** The panels of an open field. They are moved by their tabs, and stand where they were left. */
export function Dock({ project }: { readonly project: ProjectSummary }) {
  const isNarrow = useMediaQuery(`(max-width: ${NARROW_BELOW_PX - 1}px)`, undefined, {
    getInitialValueInEffect: false,
  });
  const arrangement: Arrangement = isNarrow ? 'narrow' : 'wide';
  return (
    <div className="dock" data-arrangement={arrangement}>
      {/* Another field or another arrangement is another dock; the sky map itself is held outside and moves over. */}
      <ArrangedDock key={`${arrangement} ${project.path}`} arrangement={arrangement} />
    </div>
  );
}

function ArrangedDock({ arrangement }: { readonly arrangement: Arrangement }) {
  const [dock, setDock] = useState<DockviewApi | undefined>(undefined);

  const onReady = ({ api }: DockviewReadyEvent): void => {
    restore(api, arrangement);
    setDock(api);
  };

  useEffect(() => {
    if (dock === undefined) return undefined;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => rememberLayout(arrangement, dock.toJSON());
    const noteOpen = (): void => {
      const open = dock.panels.map(({ id }) => id);
      if (open.join() !== useDock.getState().open.join()) useDock.getState().setOpen(open);
    };
    const change = dock.onDidLayoutChange(() => {
      settle(dock);
      noteOpen();
      clearTimeout(resting);
      resting = setTimeout(keep, RESTING_MS);
    });
    noteOpen();
    useDock.getState().setControls({
      show: (id) => {
        const panel = panelOf(id);
        if (panel === undefined) return;
        if (dock.getPanel(id) === undefined) addTo(dock, panel);
        dock.getPanel(id)?.api.setActive();
      },
      hide: (id) => dock.getPanel(id)?.api.close(),
      reset: () => {
        dock.clear();
        arrange(dock, arrangement);
      },
    });
    return () => {
      change.dispose();
      clearTimeout(resting);
      useDock.getState().setControls(undefined);
    };
  }, [dock, arrangement]);

  return (
    <DockviewReact
      components={PANEL_COMPONENTS}
      defaultTabComponent={PanelTab}
      rightHeaderActionsComponent={HeaderAside}
      theme={THEME}
      disableFloatingGroups
      noPanelsOverlay="emptyGroup"
      scrollbars="native"
      onReady={onReady}
    />
  );
}

/**
 * As the project was left; a field that is seen for the first time has the panels where the one before had them, the sky
 * and its source in front; as a new project has it where nothing usable was kept.
 */
function restore(dock: DockviewApi, arrangement: Arrangement): void {
  if (restored(dock, recallLayout(arrangement))) return;
  if (restored(dock, recallMachineLayout(arrangement))) showFirst(dock);
  else arrange(dock, arrangement);
}

/** As it was kept, with panels that came since. Returns whether it could be. */
function restored(dock: DockviewApi, layout: RememberedLayout | undefined): boolean {
  if (layout === undefined) return false;
  try {
    dock.fromJSON(layout.dock);
    for (const panel of PANELS) {
      if (!layout.known.includes(panel.id)) addTo(dock, panel, { inactive: true });
    }
    settle(dock);
    return true;
  } catch {
    // Kept by another version of the dock: the next choice stands in.
    dock.clear();
    return false;
  }
}
