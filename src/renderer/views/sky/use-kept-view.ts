import { useEffect } from 'react';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { useSession } from '../../state/session.ts';

/** Opens the sky where this project was left, and notes where it is from then on. */
export function useKeptView(map: SkyMap | undefined, project: string): void {
  useEffect(() => {
    if (map === undefined) return undefined;
    const { project: kept, view } = useSession.getState();
    if (kept === project && view.sky !== undefined) map.goTo(view.sky.raDeg, view.sky.decDeg, view.sky.fovDeg);
    return map.onViewChanged((sky) => useSession.getState().note({ sky }));
  }, [map, project]);
}
