import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { ONLINE_SURVEYS } from '../../../contract/online.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { separationArcsec } from '../../../core/sky/separation.ts';
import { useOnline } from '../../api/use-online.ts';
import { Icon } from '../../components/Icon.tsx';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import type { SkyLayer } from '../../state/sky-view.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { useView } from '../../state/view.ts';

/** More mosaics than this are offered only where they show the middle of the view. */
const MOST_LISTED = 12;

/** Which image is shown: the mosaics blended, one of them, or a survey of other machines once that is allowed. */
export function LayerMenu({ project, map }: { readonly project: ProjectSummary; readonly map: SkyMap | undefined }) {
  const layer = useSkyView((state) => state.layer);
  const showLayer = useSkyView((state) => state.showLayer);
  return (
    <Menu position="bottom-end" shadow="md" width={248}>
      <Menu.Target>
        <Tooltip label="Image shown. B blinks between the last two">
          <ActionIcon variant="default" className="sky__tool" aria-label="Image shown" aria-pressed={layer !== null}>
            <Icon name="layers" size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <LayerItems project={project} map={map} layer={layer} onChoose={showLayer} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface LayerItemsProps {
  readonly project: ProjectSummary;
  readonly map: SkyMap | undefined;
  readonly layer: SkyLayer;
  readonly onChoose: (layer: SkyLayer) => void;
}

/** Rendered when the menu opens: nearest to the view's middle first, where there are many. */
function LayerItems({ project, map, layer, onChoose }: LayerItemsProps) {
  const isOnline = useOnline();
  const setView = useView((state) => state.set);
  const view = map?.view();
  const mosaics = project.mosaics
    .map(({ name, centreRaDeg, centreDecDeg }, index) => ({
      name,
      index,
      distance:
        view === undefined || project.mosaics.length <= MOST_LISTED
          ? index
          : separationArcsec(view.raDeg, view.decDeg, centreRaDeg, centreDecDeg),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_LISTED);
  const item = (index: SkyLayer, label: string) => (
    <Menu.Item
      key={label}
      leftSection={<span className="sky-menu__mark">{layer === index && <Icon name="check" size={12} />}</span>}
      onClick={() => onChoose(index)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <>
      {item(null, project.mosaics.length > 1 ? 'All mosaics, blended' : (project.mosaics[0]?.name ?? 'Mosaic'))}
      {project.mosaics.length > 1 && <Menu.Divider />}
      {project.mosaics.length > 1 && mosaics.map(({ name, index }) => item(index, name))}
      {project.mosaics.length > MOST_LISTED && (
        <Menu.Label>Of {project.mosaics.length}, those nearest to the view</Menu.Label>
      )}
      <Menu.Divider />
      {isOnline && ONLINE_SURVEYS.map(({ id, name }) => item(id, name))}
      <Menu.Item leftSection={<span className="sky-menu__mark" />} onClick={() => setView({ dialog: 'online' })}>
        {isOnline ? 'Online is on…' : 'Online surveys…'}
      </Menu.Item>
    </>
  );
}
