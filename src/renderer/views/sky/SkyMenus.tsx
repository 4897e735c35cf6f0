import { ActionIcon, Checkbox, Popover, Tooltip } from '@mantine/core';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { notifyError } from '../../api/notify.ts';
import { Icon } from '../../components/Icon.tsx';
import type { ShownClasses, SkyMap } from '../../sky-map/sky-map-types.ts';
import { useSkyView } from '../../state/sky-view.ts';
import { exportPicture } from './export-picture.ts';
import { ImageMenu } from './ImageMenu.tsx';
import { LayerMenu } from './LayerMenu.tsx';
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
      <LayerMenu project={project} map={map} />
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
