import { Menu } from '@mantine/core';
import { Icon } from '../components/Icon.tsx';
import { togglePanel, useDock } from '../state/dock.ts';
import { PANELS } from './panels.ts';

/** Which panels are open, and the way back to the first layout. */
export function PanelsMenu() {
  const open = useDock((state) => state.open);
  const controls = useDock((state) => state.controls);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>Panels</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {PANELS.filter(({ place }) => place !== 'spine').map(({ id, title }) => (
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={open.includes(id)}
            closeMenuOnClick={false}
            leftSection={open.includes(id) ? <Icon name="check" size={12} /> : <span style={{ width: 12 }} />}
            onClick={() => togglePanel(id)}
          >
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => controls?.reset()}>Reset layout</Menu.Item>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
