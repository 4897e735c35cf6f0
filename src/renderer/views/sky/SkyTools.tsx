import { ActionIcon, Tooltip } from '@mantine/core';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import type { SkyTool } from '../../state/sky-view.ts';
import { useSkyView } from '../../state/sky-view.ts';

const TOOLS: readonly { readonly tool: SkyTool; readonly icon: IconName; readonly label: string }[] = [
  { tool: 'pan', icon: 'hand', label: 'Pan (Esc)' },
  { tool: 'box', icon: 'box', label: 'Select in a box. Shift adds, Ctrl removes. While panning: Shift and drag' },
  { tool: 'circle', icon: 'circle', label: 'Select in a circle, from its centre. Shift adds, Ctrl removes' },
  { tool: 'lasso', icon: 'lasso', label: 'Select with a lasso. Shift adds, Ctrl removes' },
  { tool: 'ruler', icon: 'ruler', label: 'Ruler: distance and position angle (M)' },
];

/** Zoom, and what a drag on the sky does. */
export function SkyTools({ map }: { readonly map: SkyMap | undefined }) {
  const tool = useSkyView((state) => state.tool);
  const set = useSkyView((state) => state.set);
  return (
    <div className="sky__tools" role="toolbar" aria-label="Sky tools" aria-orientation="vertical">
      <div className="sky__group">
        <Tool icon="plus" label="Zoom in (+)" onClick={() => map?.zoomBy(0.5)} />
        <Tool icon="minus" label="Zoom out (−)" onClick={() => map?.zoomBy(2)} />
        <Tool icon="home" label="Whole field (0)" onClick={() => map?.resetView()} />
      </div>
      <div className="sky__group">
        {TOOLS.map((each) => (
          <Tool
            key={each.tool}
            icon={each.icon}
            label={each.label}
            isOn={tool === each.tool}
            onClick={() => set({ tool: each.tool })}
          />
        ))}
      </div>
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  /** Undefined for a button that does not stay down. */
  readonly isOn?: boolean;
  readonly onClick: () => void;
}

/** One square of a strip of buttons; its name is its label up to the explanation. */
export function Tool({ icon, label, isOn, onClick }: ToolProps) {
  return (
    <Tooltip label={label} position="right">
      <ActionIcon
        variant="default"
        className="sky__tool"
        aria-label={/^[^.:(]+/.exec(label)![0].trim()}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        onClick={onClick}
      >
        <Icon name={icon} size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
