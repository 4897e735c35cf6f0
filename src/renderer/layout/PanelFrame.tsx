import type { IDockviewHeaderActionsProps, IDockviewPanelHeaderProps, IDockviewPanelProps } from 'dockview-react';
import { Activity, Suspense, useEffect, useMemo, useState } from 'react';
import type { FunctionComponent } from 'react';
import { create } from 'zustand';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Icon } from '../components/Icon.tsx';
import { PanelPlaceProvider } from '../components/panel-place.ts';
import { useField } from '../state/field.ts';
import type { PanelDefinition } from './panels.ts';
import { PANELS } from './panels.ts';

interface AsideState {
  /** The right ends of the headers, by group; panels put their tools there. */
  readonly elements: ReadonlyMap<string, HTMLElement>;
  readonly set: (group: string, element: HTMLElement | null) => void;
}

const useAsides = create<AsideState>()((set, get) => ({
  elements: new Map(),
  set: (group, element) => {
    const elements = new Map(get().elements);
    if (element === null) elements.delete(group);
    else elements.set(group, element);
    set({ elements });
  },
}));

/** The right end of a group's header: the tools of whichever of its panels is in front. */
export function HeaderAside({ group }: IDockviewHeaderActionsProps) {
  const set = useAsides((state) => state.set);
  const keep = useMemo(() => (element: HTMLDivElement | null) => set(group.id, element), [group.id, set]);
  return <div ref={keep} className="dock__aside" />;
}

/** The title of a panel, to be clicked, dragged and closed. */
export function PanelTab({ api }: IDockviewPanelHeaderProps) {
  return (
    <div className="dock__tab">
      <span>{api.title}</span>
      {/* A tab may hold no second control for a screen reader: from the keyboard the menu of the field closes panels. */}
      <span
        className="dock__close"
        aria-hidden="true"
        title={`Close ${api.title ?? 'panel'}; the menu of the field opens it again`}
        // The tab itself starts a drag on this press.
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          api.close();
        }}
      >
        <Icon name="close" size={10} />
      </span>
    </div>
  );
}

/** A panel in its place: with the field it shows, apart from the faults of others. */
function framed({ title, component: Content, restsBehind }: PanelDefinition): FunctionComponent<IDockviewPanelProps> {
  return function FramedPanel({ api }: IDockviewPanelProps) {
    const project = useField((state) => state.project);
    const [group, setGroup] = useState(api.group.id);
    const [isInFront, setIsInFront] = useState(api.isVisible);
    useEffect(() => {
      const read = (): void => {
        setGroup(api.group.id);
        setIsInFront(api.isVisible);
      };
      read();
      const ends = [api.onDidGroupChange(read), api.onDidVisibilityChange(read), api.onDidLocationChange(read)];
      return () => {
        for (const end of ends) end.dispose();
      };
    }, [api]);
    const aside = useAsides((state) => (isInFront ? state.elements.get(group) : undefined));
    const place = useMemo(() => ({ aside }), [aside]);
    if (project === null || project === undefined) return null;
    return (
      <PanelPlaceProvider value={place}>
        <ErrorBoundary what={`The panel ${title} met a fault`}>
          <Suspense fallback={null}>
            <Activity mode={isInFront || restsBehind !== true ? 'visible' : 'hidden'}>
              <Content project={project} />
            </Activity>
          </Suspense>
        </ErrorBoundary>
      </PanelPlaceProvider>
    );
  };
}

export const PANEL_COMPONENTS: Record<string, FunctionComponent<IDockviewPanelProps>> = Object.fromEntries(
  PANELS.map((panel) => [panel.id, framed(panel)]),
);
