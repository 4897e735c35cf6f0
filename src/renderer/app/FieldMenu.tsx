import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ProjectSummary } from '../../contract/schemas.ts';
import { useEngine } from '../api/engine-context.tsx';
import { notifyError } from '../api/notify.ts';
import { Icon } from '../components/Icon.tsx';
import { useView } from '../state/view.ts';
import { PanelsMenu } from '../layout/PanelsMenu.tsx';

const RECENT_SHOWN = 6;

/** The name of the field, and the way to another one. */
export function FieldMenu({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => engine.project.recent() });
  const others = (recent.data ?? []).filter((entry) => entry.exists && entry.path !== project.path);
  const names = others.map(({ name }) => name);
  const attempt = (what: string, action: () => Promise<unknown>) => () => {
    action().catch((error: unknown) => notifyError(what, error));
  };

  return (
    <Menu position="bottom-start" offset={4}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          rightSection={<Icon name="down" size={12} />}
          styles={{ root: { minWidth: 0, flexShrink: 1 }, label: { minWidth: 0 } }}
          title={project.path}
        >
          <span className="cut">{project.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => setView({ dialog: 'open' })}
          rightSection={<span className="quiet small">Ctrl+O</span>}
        >
          Open a field…
        </Menu.Item>
        {!project.isDemo && (
          <Menu.Item onClick={attempt('The demo field was not opened', () => engine.project.openDemo())}>
            Open the demo field
          </Menu.Item>
        )}
        {others.length > 0 && <Menu.Label>Recent</Menu.Label>}
        {others.slice(0, RECENT_SHOWN).map((entry) => (
          <Menu.Item
            key={entry.path}
            title={entry.path}
            onClick={attempt(`${entry.name} was not opened`, () => engine.project.openFile({ path: entry.path }))}
          >
            {entry.name}
            {names.indexOf(entry.name) !== names.lastIndexOf(entry.name) && (
              <span className="quiet small"> in {entry.path.split(/[/\\]/).at(-2)}</span>
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <PanelsMenu />
        <Menu.Divider />
        <Menu.Item onClick={attempt('The field was not closed', () => engine.project.close())}>
          Close this field
        </Menu.Item>
        <Menu.Item onClick={() => setView({ dialog: 'about' })}>About Lobate</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
