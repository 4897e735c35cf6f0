import { useState } from 'react';
import type { MosaicSummary, ProjectSummary } from '../../../contract/schemas.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import type { SkyFurnitureProps } from '../../sky-map/SkyFurniture.tsx';
import { SkyFurniture } from '../../sky-map/SkyFurniture.tsx';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import type { SkyLayer } from '../../state/sky-view.ts';
import { mosaicOf, surveyOf, useSkyView } from '../../state/sky-view.ts';
import { useThreshold } from '../../state/threshold.ts';
import { HoverCard } from './HoverCard.tsx';
import { OverviewNote } from './OverviewNote.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SkyFoot } from './SkyFoot.tsx';
import { SkyMenus } from './SkyMenus.tsx';
import { SkyTools } from './SkyTools.tsx';
import { useImageDisplay } from './use-image-display.ts';
import { useKeptView } from './use-kept-view.ts';
import { useSkyFeed } from './use-sky-feed.ts';
import { useSkyKeys } from './use-sky-keys.ts';
import { useSkyMap } from './use-sky-map.ts';
import type { Hovered, PointerSky } from './use-sky-map.ts';
import './sky-panel.css';

/** The hero: the field's mosaics with every source coloured by P(MC). */
export function SkyPanel({ project }: { readonly project: ProjectSummary }) {
  const [pointer, setPointer] = useState<PointerSky | undefined>(undefined);
  const [hovered, setHovered] = useState<Hovered | undefined>(undefined);
  const image = useImageDisplay(project.sky.hipsKey, project.run?.id);
  const { container, map, failure, retry } = useSkyMap(project, image, setPointer, setHovered);
  useSkyKeys(map);
  useKeptView(map, project.path);
  const tool = useSkyView((state) => state.tool);
  const layer = useSkyView((state) => state.layer);
  const survey = surveyOf(layer);

  return (
    <section className="sky" data-sky={image.theme} data-tool={tool} aria-label="Sky">
      <div ref={container} className="sky__map" />
      <SkyFeed map={map} hipsKey={project.sky.hipsKey} />
      {map === undefined && failure === undefined && <div className="sky__loading quiet">Drawing the sky…</div>}
      {failure !== undefined && (
        <div className="sky__failure">
          <ErrorBox what="The sky cannot be drawn" why={failure} onRetry={retry} />
        </div>
      )}
      <SkyTools map={map} />
      <SkyMenus map={map} project={project} image={image} />
      {layer !== null && <div className="sky__layer">{layerName(layer, project)}</div>}
      <OverviewNote hipsKey={project.sky.hipsKey} />
      {map !== undefined && (
        <div className="sky__furniture">
          <ThresholdedFurniture
            map={map}
            theme={image.theme}
            beam={survey === undefined ? beamOf(project.mosaics[mosaicOf(layer) ?? 0]) : undefined}
            image={{ display: image.display, unit: survey === undefined ? image.unit : undefined }}
          />
        </div>
      )}
      <SelectionBar />
      {hovered !== undefined && map !== undefined && <HoverCard hovered={hovered} sky={map.size()} />}
      <SkyFoot pointer={pointer} hovered={hovered} />
    </section>
  );
}

/** It alone of the sky's surroundings is drawn again at each step of the threshold. */
function ThresholdedFurniture(props: Omit<SkyFurnitureProps, 'threshold'>) {
  const threshold = useThreshold((state) => state.threshold);
  return <SkyFurniture {...props} threshold={threshold} />;
}

function SkyFeed({ map, hipsKey }: { readonly map: SkyMap | undefined; readonly hipsKey: string }) {
  useSkyFeed(map, hipsKey);
  return null;
}

function layerName(layer: NonNullable<SkyLayer>, project: ProjectSummary): string {
  const survey = surveyOf(layer);
  if (survey !== undefined) return `${survey.name}, from ${new URL(survey.url).host}`;
  return `${project.mosaics[Number(layer)]?.name ?? 'Mosaic'} alone`;
}

function beamOf(mosaic: MosaicSummary | undefined) {
  if (mosaic?.beamMajArcsec == null || mosaic.beamMinArcsec === null) return undefined;
  return { majArcsec: mosaic.beamMajArcsec, minArcsec: mosaic.beamMinArcsec, paDeg: mosaic.beamPaDeg ?? 0 };
}
