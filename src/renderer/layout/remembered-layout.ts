import type { SerializedDockview } from 'dockview-react';
import { z } from 'zod';
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

/** The layout of this project on this machine, else the one that was used here last. */
export function recallLayout(projectPath: string, arrangement: Arrangement): RememberedLayout | undefined {
  return read(`lobate-layout:${arrangement}:${projectPath}`) ?? read(`lobate-layout:${arrangement}`);
}

export function rememberLayout(projectPath: string, arrangement: Arrangement, dock: SerializedDockview): void {
  const layout: RememberedLayout = { known: PANELS.map(({ id }) => id), dock };
  const text = JSON.stringify(layout);
  localStorage.setItem(`lobate-layout:${arrangement}:${projectPath}`, text);
  localStorage.setItem(`lobate-layout:${arrangement}`, text);
}

/** Nothing where it is of another version, or names a panel that there is no more. */
function read(key: string): RememberedLayout | undefined {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const layout = kept.parse(JSON.parse(text));
    const ids = Object.keys(layout.dock.panels);
    const areAllThere = ids.every((id) => PANELS.some((panel) => panel.id === id));
    return areAllThere ? (layout as unknown as RememberedLayout) : undefined;
  } catch {
    return undefined;
  }
}
