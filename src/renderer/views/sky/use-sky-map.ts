import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { paths } from '../../../contract/paths.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';
import { useView } from '../../state/view.ts';
import { isTyping } from '../../components/is-typing.ts';
import { skyMapHolder } from './sky-map-holder.ts';

export interface PointerSky {
  readonly raDeg: number;
  readonly decDeg: number;
}

export interface Hovered {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** In the right half of the sky, where its card has to open to the left. */
  readonly isRight: boolean;
}

/** Width of the view on which a chosen source is shown [deg]: its 256-pixel window and some surroundings. */
const SOURCE_FOV_DEG = 0.2;

interface SkyMapHandle {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly map: SkyMap | undefined;
  readonly failure: string | undefined;
  readonly retry: () => void;
}

/** The window's one sky map, placed into `container` and fed from the stores for as long as the panel is shown. */
export function useSkyMap(
  project: ProjectSummary,
  onPointer: (position: PointerSky | undefined) => void,
  onHover: (hovered: Hovered | undefined) => void,
): SkyMapHandle {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<SkyMap | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const scheme = useComputedColorScheme('dark');
  const { hipsKey, raDeg, decDeg, fovDeg } = project.sky;

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    let isGone = false;
    const { colormap, stretch } = useView.getState();
    skyMapHolder
      .place(element, {
        hipsUrl: `${paths.hips}${hipsKey}`,
        blankUrl: `${paths.hips}blank`,
        initialView: { raDeg, decDeg, fovDeg },
        theme: scheme,
        colormap,
        stretch,
      })
      .then(
        (placed) => {
          if (!isGone) setMap(placed);
        },
        (error: unknown) => {
          if (!isGone) setFailure(error instanceof Error ? error.message : String(error));
        },
      );
    return () => {
      isGone = true;
      skyMapHolder.release();
      setMap(undefined);
    };
    // The theme is followed below; a change of it does not place the map anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hipsKey, raDeg, decDeg, fovDeg, attempt]);

  useEffect(() => map?.setTheme(scheme), [map, scheme]);
  useEffect(() => (map === undefined ? undefined : feed(map)), [map]);
  useEffect(() => {
    if (map === undefined) return undefined;
    const ends = [
      map.onPointerSky(onPointer),
      map.onHover((row, point) =>
        onHover(
          row === undefined
            ? undefined
            : { row, ...point, isRight: point.x > (container.current?.clientWidth ?? 0) / 2 },
        ),
      ),
      map.onPick((row) => useSelection.getState().select(row, { centres: false })),
    ];
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (event.key === '+' || event.key === '=') map.zoomBy(0.5);
      if (event.key === '-') map.zoomBy(2);
      if (event.key === '0' || event.key === 'f') map.resetView();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      for (const end of ends) end();
      window.removeEventListener('keydown', onKey);
    };
  }, [map, onPointer, onHover]);

  const retry = useCallback(() => {
    setFailure(undefined);
    setAttempt((count) => count + 1);
  }, []);
  return { container, map, failure, retry };
}

/** Tells the map of every change in the stores. Returns the end of it. */
function feed(map: SkyMap): () => void {
  const showPredictions = (rows?: readonly number[]): void => {
    const { columns } = usePredictions.getState();
    if (columns !== undefined && useField.getState().sources !== undefined) {
      map.setPredictions(columns.probability, columns.status, rows);
    }
  };
  const showSelection = (): void => {
    const { row, centres } = useSelection.getState();
    const { sources } = useField.getState();
    map.setSelected(row);
    if (row === undefined || !centres || sources === undefined) return;
    map.goTo(sources.raDeg[row]!, sources.decDeg[row]!, Math.min(map.view().fovDeg, SOURCE_FOV_DEG));
  };

  map.setSources(useField.getState().sources);
  showPredictions();
  map.setThreshold(useThreshold.getState().threshold);
  map.setNeighbours(useSelection.getState().neighbours);
  showSelection();

  const ends = [
    useField.subscribe((state, before) => {
      if (state.sources === before.sources) return;
      map.setSources(state.sources);
      showPredictions();
    }),
    usePredictions.subscribe((state, before) => {
      if (state.version !== before.version) showPredictions(state.changedRows);
    }),
    useThreshold.subscribe((state) => map.setThreshold(state.threshold)),
    useSelection.subscribe((state, before) => {
      if (state.row !== before.row) showSelection();
      if (state.neighbours !== before.neighbours) map.setNeighbours(state.neighbours);
      if (state.target !== before.target && state.target !== undefined) {
        map.goTo(state.target.raDeg, state.target.decDeg, Math.min(map.view().fovDeg, SOURCE_FOV_DEG * 2));
      }
    }),
    useView.subscribe((state, before) => {
      if (state.colormap !== before.colormap) map.setColormap(state.colormap);
      if (state.stretch !== before.stretch) map.setStretch(state.stretch);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
