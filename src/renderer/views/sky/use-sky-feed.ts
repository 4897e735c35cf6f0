import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { paths } from '../../../contract/paths.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { paintGrid } from '../../sky-map/grid-painter.ts';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { useField } from '../../state/field.ts';
import { useLabeller } from '../../state/labels.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useRestingLabels } from '../../state/resting-labels.ts';
import { rowMask } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';
import { surveyOf, useSkyView } from '../../state/sky-view.ts';
import { useThreshold } from '../../state/threshold.ts';
import { paintGroup } from './group-marks.ts';
import { paintLabels } from './label-marks.ts';
import { paintSourceMarks } from './source-marks.ts';
import { useOverview } from './use-overview.ts';

/** Width of the view on which a chosen source is shown [deg]: its 256-pixel window and some surroundings. */
const SOURCE_FOV_DEG = 0.2;

/**
 * Tells the map of every change in the stores, and draws what belongs to the selected source. Called in a component that
 * shows nothing: a step to the next source must not draw the menus around the sky anew.
 */
export function useSkyFeed(map: SkyMap | undefined, hipsKey: string): void {
  useEffect(() => (map === undefined ? undefined : feed(map)), [map]);
  useGrid(map);
  useLayer(map, hipsKey);
  useSourceMarks(map, hipsKey);
  useGroupMarks(map, hipsKey);
  useLabelMarks(map);
}

function useGrid(map: SkyMap | undefined): void {
  const isShown = useSkyView((state) => state.isGridShown);
  const frame = useSkyView((state) => state.frame);
  useEffect(() => {
    if (map === undefined || !isShown) return undefined;
    return map.addPainter((sheet) => paintGrid(sheet, frame));
  }, [map, isShown, frame]);
}

function useLayer(map: SkyMap | undefined, hipsKey: string): void {
  const layer = useSkyView((state) => state.layer);
  const revision = useOverview(hipsKey)?.revision ?? 0;
  useEffect(() => {
    const survey = surveyOf(layer);
    const ownUrl = `${paths.hips}${hipsKey}${layer === null ? '' : `.${layer}`}`;
    if (survey !== undefined) map?.showLayer(survey.url, { pictures: survey.format });
    else if (revision === 0) map?.showLayer(ownUrl);
    else map?.showLayer(`${ownUrl}~${revision}`, { replaced: revision === 1 ? ownUrl : `${ownUrl}~${revision - 1}` });
  }, [map, hipsKey, layer, revision]);
  // Another field has other mosaics.
  useEffect(() => () => useSkyView.getState().set({ layer: null, lastLayer: null }), [hipsKey]);
}

function useSourceMarks(map: SkyMap | undefined, hipsKey: string): void {
  const engine = useEngine();
  const row = useSelection((state) => state.skyRow);
  const sources = useField((state) => state.sources);
  const surroundings = useQuery({
    queryKey: ['surroundings', hipsKey, row],
    queryFn: () => engine.source.surroundings({ row: row! }),
    enabled: row !== undefined,
    staleTime: Infinity,
  }).data;
  useEffect(() => {
    if (map === undefined || row === undefined || sources === undefined) return undefined;
    const position = { raDeg: sources.raDeg[row]!, decDeg: sources.decDeg[row]! };
    return map.addPainter(paintSourceMarks(position, surroundings ?? { row, gaussians: [] }));
  }, [map, row, sources, surroundings]);
}

/** The association group that the selected source was put in, if any. */
function useGroupMarks(map: SkyMap | undefined, hipsKey: string): void {
  const engine = useEngine();
  const row = useSelection((state) => state.skyRow);
  const sources = useField((state) => state.sources);
  const groups = useQuery({
    queryKey: ['associations', hipsKey],
    queryFn: () => engine.associations.list(),
    staleTime: Infinity,
  }).data;
  useEffect(() => {
    const group = groups?.find(({ rows }) => row !== undefined && rows.includes(row));
    if (map === undefined || row === undefined || sources === undefined || group === undefined) return undefined;
    return map.addPainter(paintGroup(sources, row, group.rows));
  }, [map, row, sources, groups]);
}

/** Labels stand on the sky as soon as they are given, in a queue as soon as the labeller rests. */
function useLabelMarks(map: SkyMap | undefined): void {
  const { said } = useRestingLabels();
  const labeller = useLabeller();
  const sources = useField((state) => state.sources);
  useEffect(() => {
    if (map === undefined || sources === undefined || said.size === 0) return undefined;
    return map.addPainter(paintLabels(sources, said, labeller));
  }, [map, said, labeller, sources]);
}

/** Returns the end of it. */
function feed(map: SkyMap): () => void {
  const showPredictions = (rows?: readonly number[]): void => {
    const { columns } = usePredictions.getState();
    if (columns !== undefined && useField.getState().sources !== undefined) {
      map.setPredictions(columns.probability, columns.status, rows);
    }
  };
  const showSelection = (): void => {
    const { skyRow: row, centres } = useSelection.getState();
    const { sources } = useField.getState();
    map.setSelected(row);
    if (row === undefined || !centres || sources === undefined) return;
    map.goTo(sources.raDeg[row]!, sources.decDeg[row]!, Math.min(map.view().fovDeg, SOURCE_FOV_DEG));
  };
  const showChosen = (): void => {
    const { chosen, isOnlyChosenShown } = useSelection.getState();
    map.setChosen(chosen);
    const rowCount = useField.getState().sources?.rowCount ?? 0;
    const { mask } = useListedRows.getState();
    const chosenMask = isOnlyChosenShown ? rowMask(chosen, rowCount) : undefined;
    // What the table does not list is not on the sky either; both narrow it together.
    map.setVisibleRows(mask === undefined ? chosenMask : (chosenMask?.map((value, row) => value & mask[row]!) ?? mask));
  };

  map.setSources(useField.getState().sources);
  showPredictions();
  map.setThreshold(useThreshold.getState().threshold);
  map.setShown(useSkyView.getState().shown);
  map.setNeighbours(useSelection.getState().neighbours);
  showSelection();
  showChosen();

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
      if (state.skyRow !== before.skyRow) showSelection();
      if (state.skyRow === state.row && (state.skyRow !== before.skyRow || state.neighbours !== before.neighbours)) {
        map.setNeighbours(state.neighbours);
      }
      if (state.chosen !== before.chosen || state.isOnlyChosenShown !== before.isOnlyChosenShown) showChosen();
      if (state.target !== before.target && state.target !== undefined) {
        map.goTo(state.target.raDeg, state.target.decDeg, Math.min(map.view().fovDeg, SOURCE_FOV_DEG * 2));
      }
    }),
    useListedRows.subscribe((state, before) => {
      if (state.mask !== before.mask) showChosen();
    }),
    useSkyView.subscribe((state, before) => {
      if (state.shown !== before.shown) map.setShown(state.shown);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
