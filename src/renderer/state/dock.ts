import { create } from 'zustand';

/** What can be done to the arrangement of panels from anywhere in the window. */
export interface DockControls {
  /** Brings the panel to the front, opening it at its usual place where it is closed. */
  readonly show: (panel: string) => void;
  readonly hide: (panel: string) => void;
  /** Back to the arrangement that a new project has. */
  readonly reset: () => void;
}

interface DockState {
  /** Ids of the panels that are open, in front or behind another tab. */
  readonly open: readonly string[];
  /** Undefined while no field is shown. */
  readonly controls: DockControls | undefined;
  readonly setOpen: (open: readonly string[]) => void;
  readonly setControls: (controls: DockControls | undefined) => void;
}

/** The window's panels, as far as menus, keys and other panels have to do with them. The dock itself is in `layout/`. */
export const useDock = create<DockState>()((set) => ({
  open: [],
  controls: undefined,
  setOpen: (open) => set({ open }),
  setControls: (controls) => set({ controls, ...(controls === undefined ? { open: [] } : {}) }),
}));

/** Brings a panel to the front: `showPanel('evaluation')`. Does nothing while no field is shown. */
export function showPanel(panel: string): void {
  useDock.getState().controls?.show(panel);
}

/** Closes an open panel, opens a closed one. */
export function togglePanel(panel: string): void {
  const { open, controls } = useDock.getState();
  if (open.includes(panel)) controls?.hide(panel);
  else controls?.show(panel);
}
