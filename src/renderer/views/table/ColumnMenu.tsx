import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { STANDARD_COLUMNS, useTable } from '../../state/table.ts';
import type { TableColumn } from './table-columns.ts';

/** Which columns the table shows, out of all that the catalogue has. */
export function ColumnMenu({ available }: { readonly available: readonly TableColumn[] }) {
  const { columns, set } = useTable();
  const [sought, setSought] = useState('');
  const toggle = (id: string): void => {
    const shown = columns.includes(id) ? columns.filter((other) => other !== id) : [...columns, id];
    // A table of no columns could not be clicked.
    if (shown.length > 0) set({ columns: shown });
  };
  const found = available.filter(({ label }) => label.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <Menu position="bottom-end" offset={4} closeOnItemClick={false} width={280}>
      <Menu.Target>
        <ActionIcon size={22} aria-label="Columns of the table" title="Columns of the table">
          <Icon name="columns" size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput
          aria-label="Find a column"
          placeholder={`Find among ${available.length} columns`}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          m={4}
        />
        <div className="table__columns">
          {found.map(({ id, label, unit, hint }) => (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={columns.includes(id)}
              title={hint}
              leftSection={columns.includes(id) ? <Icon name="check" size={12} /> : <span style={{ width: 12 }} />}
              rightSection={<span className="quiet small">{unit}</span>}
              onClick={() => toggle(id)}
            >
              <span className="cut">{label}</span>
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => set({ columns: STANDARD_COLUMNS })}>Usual columns</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
