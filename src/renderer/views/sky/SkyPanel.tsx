import { ActionIcon, NativeSelect, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import type { MosaicSummary, ProjectSummary } from '../../../contract/schemas.ts';
import { Icon } from '../../components/Icon.tsx';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { positionText } from '../../components/coordinates.ts';
import { probability as probabilityText } from '../../components/format.ts';
import { Untrained } from '../../components/Untrained.tsx';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useView } from '../../state/view.ts';
import { statusText } from '../table/table-rows.ts';
import { useThreshold } from '../../state/threshold.ts';
import { COLORMAPS, STRETCHES } from './sky-choices.ts';
import { SkyFurniture } from '../../sky-map/SkyFurniture.tsx';
import { useKeptView } from './use-kept-view.ts';
import { useSkyMap } from './use-sky-map.ts';
import type { Hovered, PointerSky } from './use-sky-map.ts';
import './sky-panel.css';

/** The hero: the field's mosaics with every source coloured by P(MC). */
export function SkyPanel({ project }: { readonly project: ProjectSummary }) {
  const [pointer, setPointer] = useState<PointerSky | undefined>(undefined);
  const [hovered, setHovered] = useState<Hovered | undefined>(undefined);
  const { container, map, failure, retry } = useSkyMap(project, setPointer, setHovered);
  useKeptView(map, project.path);
  const view = useView();
  const scheme = useComputedColorScheme('dark');
  const threshold = useThreshold((state) => state.threshold);

  return (
    <section className="sky" aria-label="Sky">
      <div ref={container} className="sky__map" />
      {map === undefined && failure === undefined && <div className="sky__loading quiet">Drawing the sky…</div>}
      {failure !== undefined && (
        <div className="sky__failure">
          <ErrorBox what="The sky cannot be drawn" why={failure} onRetry={retry} />
        </div>
      )}
      <div className="sky__tools" role="toolbar" aria-label="Sky view">
        <Tooltip label="Zoom in (+)" position="right">
          <ActionIcon variant="default" aria-label="Zoom in" onClick={() => map?.zoomBy(0.5)}>
            <Icon name="plus" size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Zoom out (−)" position="right">
          <ActionIcon variant="default" aria-label="Zoom out" onClick={() => map?.zoomBy(2)}>
            <Icon name="minus" size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Whole field (0)" position="right">
          <ActionIcon variant="default" aria-label="Whole field" onClick={() => map?.resetView()}>
            <Icon name="home" size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="sky__image">
        <NativeSelect
          aria-label="Colour map of the image"
          size="xs"
          data={[...COLORMAPS]}
          value={view.colormap}
          onChange={(event) =>
            view.set({ colormap: COLORMAPS.find((name) => name === event.currentTarget.value) ?? 'grayscale' })
          }
        />
        <NativeSelect
          aria-label="Stretch of the image"
          size="xs"
          data={[...STRETCHES]}
          value={view.stretch}
          onChange={(event) =>
            view.set({ stretch: STRETCHES.find((name) => name === event.currentTarget.value) ?? 'asinh' })
          }
        />
      </div>
      {map !== undefined && (
        <div className="sky__furniture">
          <SkyFurniture map={map} theme={scheme} beam={beamOf(project.mosaics[0])} threshold={threshold} />
        </div>
      )}
      {hovered !== undefined && <HoverCard hovered={hovered} />}
      <footer className="sky__foot">
        <button
          type="button"
          className="link"
          title="Sexagesimal or degrees"
          onClick={() => view.set({ areDegreesShown: !view.areDegreesShown })}
        >
          {pointer === undefined ? 'ICRS' : positionText(pointer.raDeg, pointer.decDeg, view.areDegreesShown)}
        </button>
        <span className="sky__note">
          <Untrained /> ellipses: FWHM
        </span>
      </footer>
    </section>
  );
}

function beamOf(mosaic: MosaicSummary | undefined) {
  if (mosaic?.beamMajArcsec == null || mosaic.beamMinArcsec === null) return undefined;
  return { majArcsec: mosaic.beamMajArcsec, minArcsec: mosaic.beamMinArcsec, paDeg: mosaic.beamPaDeg ?? 0 };
}

function HoverCard({ hovered }: { readonly hovered: Hovered }) {
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const threshold = useThreshold((state) => state.threshold);
  const name = sources?.name[hovered.row];
  if (sources === undefined || name === undefined) return null;
  return (
    <div
      className="sky__hover"
      data-left={hovered.isRight ? true : undefined}
      style={{ left: hovered.x, top: hovered.y }}
    >
      {name}
      <span className="quiet"> P(MC) </span>
      {probabilityText(predictions?.probability[hovered.row])}
      <span className="quiet"> {statusText(sources, predictions, hovered.row, threshold)}</span>
    </div>
  );
}
