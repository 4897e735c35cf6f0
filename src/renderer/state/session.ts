import { create } from 'zustand';
import type { SessionView } from '../../contract/session.ts';

interface SessionState {
  /** The project whose session this is; undefined while none is open or it is not known yet. */
  readonly project: string | undefined;
  /** As the window was left, and as it is by now. */
  readonly view: SessionView;
  /** Whether what the file keeps is on the screen: what is noted before that is not yet the astronomer's doing. */
  readonly isRestored: boolean;
  /** Begins the session of a project with what its file keeps. */
  readonly begin: (project: string, view: SessionView) => void;
  readonly restored: () => void;
  readonly note: (change: Partial<SessionView>) => void;
  /** Panels stand before the rest of the view does, and whoever moves one by then means it. */
  readonly noteLayouts: (layouts: SessionView['layouts']) => void;
  readonly end: () => void;
}

/** What the project file keeps of the window. `api/keep-session.ts` sends every change to it. */
export const useSession = create<SessionState>()((set, get) => ({
  project: undefined,
  view: {},
  isRestored: false,
  begin: (project, view) => set({ project, view, isRestored: false }),
  restored: () => set({ isRestored: true }),
  note: (change) => {
    const { isRestored, view } = get();
    if (isRestored) set({ view: { ...view, ...change } });
  },
  noteLayouts: (layouts) => set({ view: { ...get().view, layouts } }),
  end: () => set({ project: undefined, view: {}, isRestored: false }),
}));
