import type { SerializedDockview } from 'dockview-react';
import { z } from 'zod';
import { machineSettings } from '../state/machine-settings.ts';
import { useSession } from '../state/session.ts';
import type { Arrangement } from './arrange.ts';
import { PANELS } from './panels.ts';

/** A layout as it is kept. */
export interface RememberedLayout {
  /** Panels that existed when it was kept: one that came since is added, one that was closed stays closed. */
  readonly known: readonly string[];
  readonly dock: SerializedDockview;
}

const kept = z.object({
  known: z.array(z.string()),
  dock: z.looseObject({ panels: z.record(z.string(), z.unknown()) }),
});
const settingOf = (arrangement: Arrangement): string => `lobate-layout-${arrangement}`;

/** The layout in which this project was left; undefined where it never was. */
export const recallLayout = (arrangement: Arrangement): RememberedLayout | undefined =>
  usable(useSession.getState().view.layouts?.[arrangement]);

/** The layout that was last used on this machine. */
export const recallMachineLayout = (arrangement: Arrangement): RememberedLayout | undefined =>
  usable(parsed(machineSettings.peek(settingOf(arrangement))));

export function rememberLayout(arrangement: Arrangement, dock: SerializedDockview): void {
  const layout = { known: PANELS.map(({ id }) => id), dock };
  const { view, noteLayouts } = useSession.getState();
  noteLayouts({ ...view.layouts, [arrangement]: layout });
  machineSettings.storage.setItem(settingOf(arrangement), JSON.stringify(layout));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Nothing where it is of another version, or names a panel that there is no more. */
function usable(value: unknown): RememberedLayout | undefined {
  const layout = kept.safeParse(value);
  if (!layout.success) return undefined;
  const areAllThere = Object.keys(layout.data.dock.panels).every((id) => PANELS.some((panel) => panel.id === id));
  // The dock checks its own part when it reads it.
  return areAllThere ? (layout.data as unknown as RememberedLayout) : undefined;
}
