import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { paths } from '../../../contract/paths.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { ScreenPoint, SkyMap } from '../../sky-map/sky-map-types.ts';
import { showPanel } from '../../state/dock.ts';
import { useSelection } from '../../state/selection.ts';
import { useSession } from '../../state/session.ts';
import { dragTools } from './drag-tools.ts';
import { fieldGlimpse } from './field-glimpse.ts';
import { skyMapHolder } from './sky-map-holder.ts';
import type { ShownImage } from './use-image-display.ts';
import { messageOf } from '../../../core/result/message-of.ts';

export interface PointerSky {
  readonly raDeg: number;
  readonly decDeg: number;
}

export interface Hovered {
  readonly row: number;
  readonly point: ScreenPoint;
}

interface SkyMapHandle {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly map: SkyMap | undefined;
  readonly failure: string | undefined;
  readonly retry: () => void;
}

/** The window's one sky map, placed into `container` for as long as the panel is shown, with its pointer. */
export function useSkyMap(
  project: ProjectSummary,
  { display, theme }: ShownImage,
  onPointer: (position: PointerSky | undefined) => void,
  onHover: (hovered: Hovered | undefined) => void,
): SkyMapHandle {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<SkyMap | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const { hipsKey, raDeg, decDeg, fovDeg } = project.sky;

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    let isGone = false;
    const { project: kept, view } = useSession.getState();
    skyMapHolder
      .place(element, {
        hipsUrl: `${paths.hips}${hipsKey}`,
        blankUrl: `${paths.hips}blank`,
        initialView: { raDeg, decDeg, fovDeg },
        startView: kept === project.path ? view.sky : undefined,
        glimpse: fieldGlimpse(hipsKey),
        theme,
        display,
      })
      .then(
        (placed) => {
          if (!isGone) setMap(placed);
        },
        (error: unknown) => {
          if (!isGone) setFailure(messageOf(error));
        },
      );
    return () => {
      isGone = true;
      skyMapHolder.release();
      setMap(undefined);
    };
    // The display is followed below, and where the project was left is asked for once: changes do not place the map anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hipsKey, raDeg, decDeg, fovDeg, attempt]);

  useEffect(() => map?.setDisplay(display, theme), [map, display, theme]);
  useEffect(() => {
    if (map === undefined) return undefined;
    map.setDrags(dragTools(map));
    const ends = [
      map.onPointerSky(onPointer),
      map.onHover((row, point) => onHover(row === undefined ? undefined : { row, point })),
      map.onPick((row) => {
        useSelection.getState().select(row, 'stays');
        if (row !== undefined) showPanel('source');
      }),
    ];
    return () => {
      map.setDrags(undefined);
      for (const end of ends) end();
    };
  }, [map, onPointer, onHover]);

  const retry = useCallback(() => {
    setFailure(undefined);
    setAttempt((count) => count + 1);
  }, []);
  return { container, map, failure, retry };
}
