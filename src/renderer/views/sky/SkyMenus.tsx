import { ActionIcon, Checkbox, Menu, Popover, Tooltip } from '@mantine/core';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { notifyError } from '../../api/notify.ts';
import { Icon } from '../../components/Icon.tsx';
import type { ShownClasses, SkyMap } from '../../sky-map/sky-map-types.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { exportPicture } from './export-picture.ts';
import { ImageMenu } from './ImageMenu.tsx';
import { Tool } from './SkyTools.tsx';
import type { ShownImage } from './use-image-display.ts';

interface SkyMenusProps {
  readonly map: SkyMap | undefined;
  readonly project: ProjectSummary;
  readonly image: ShownImage;
}

/** What is shown on the sky and how; saving it as a picture. */
export function SkyMenus({ map, project, image }: SkyMenusProps) {
  const { isGridShown, set } = useSkyView();
  const save = (): void => {
    if (map === undefined) return;
    exportPicture(map, document.querySelector<SVGSVGElement>('.sky-furniture'), project.name).catch((error: unknown) =>
      notifyError('The picture was not saved', error),
    );
  };
  return (
    <div className="sky__menus" role="toolbar" aria-label="Sky view">
      {project.mosaics.length > 1 && <LayerMenu project={project} map={map} />}
      <ImageMenu image={image} />
      <SourcesMenu />
      <Tool
        icon="grid"
        label="Coordinate grid (G)"
        isOn={isGridShown}
        onClick={() => set({ isGridShown: !isGridShown })}
      />
      <Tool icon="camera" label="Save the sky as a picture (PNG)" onClick={save} />
    </div>
  );
}

const CLASSES: readonly { readonly key: keyof ShownClasses; readonly label: string }[] = [
  { key: 'unflagged', label: 'Below the threshold' },
  { key: 'sisg', label: 'SISG' },
  { key: 'noResult', label: 'Without a result yet' },
  { key: 'excluded', label: 'Not classifiable' },
];

function SourcesMenu() {
  const shown = useSkyView((state) => state.shown);
  const set = useSkyView((state) => state.set);
  const isFiltered = Object.values(shown).some((isOn) => !isOn);
  return (
    <Popover position="bottom-end" shadow="md" width={216} trapFocus>
      <Popover.Target>
        <Tooltip label={isFiltered ? 'Some sources are hidden' : 'Which sources are drawn'}>
          <ActionIcon variant="default" className="sky__tool" aria-label="Sources on the sky" aria-pressed={isFiltered}>
            <Icon name="filter" size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="sky-menu">
        <span className="quiet small">Drawn beside flagged sources</span>
        {CLASSES.map(({ key, label }) => (
          <Checkbox
            key={key}
            size="xs"
            label={label}
            checked={shown[key]}
            onChange={(event) => set({ shown: { ...shown, [key]: event.currentTarget.checked } })}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** More mosaics than this are offered only where they show the middle of the view. */
const MOST_LISTED = 12;

function LayerMenu({ project, map }: { readonly project: ProjectSummary; readonly map: SkyMap | undefined }) {
  const layer = useSkyView((state) => state.layer);
  const showLayer = useSkyView((state) => state.showLayer);
  return (
    <Menu position="bottom-end" shadow="md" width={216}>
      <Menu.Target>
        <Tooltip label="Mosaic. B blinks between the last two">
          <ActionIcon variant="default" className="sky__tool" aria-label="Mosaic" aria-pressed={layer !== null}>
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
  readonly layer: number | null;
  readonly onChoose: (layer: number | null) => void;
}

/** Rendered when the menu opens: nearest to the view's middle first, where there are many. */
function LayerItems({ project, map, layer, onChoose }: LayerItemsProps) {
  const view = map?.view();
  const mosaics = project.mosaics
    .map(({ name, centreRaDeg, centreDecDeg }, index) => ({
      name,
      index,
      distance:
        view === undefined || project.mosaics.length <= MOST_LISTED
          ? index
          : chord(view.raDeg, view.decDeg, centreRaDeg, centreDecDeg),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_LISTED);
  const item = (index: number | null, label: string) => (
    <Menu.Item
      key={label}
      leftSection={
        <span style={{ display: 'inline-block', width: 12 }}>{layer === index && <Icon name="check" size={12} />}</span>
      }
      onClick={() => onChoose(index)}
    >
      {label}
    </Menu.Item>
  );
  return (
    <>
      {item(null, 'All mosaics, blended')}
      <Menu.Divider />
      {mosaics.map(({ name, index }) => item(index, name))}
      {project.mosaics.length > MOST_LISTED && (
        <Menu.Label>Of {project.mosaics.length}, those nearest to the view</Menu.Label>
      )}
    </>
  );
}

const RADIANS = Math.PI / 180;
/** Grows with the angle between two positions [deg]. */
function chord(raA: number, decA: number, raB: number, decB: number): number {
  const cosine = Math.sin(decA * RADIANS) * Math.sin(decB * RADIANS);
  return 1 - cosine - Math.cos(decA * RADIANS) * Math.cos(decB * RADIANS) * Math.cos((raA - raB) * RADIANS);
}
