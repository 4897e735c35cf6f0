import type { ReactNode } from 'react';

/** Head of a table of `SettingRow`. */
export function SettingHead() {
  return (
    <thead>
      <tr className="quiet small">
        <th scope="col">setting</th>
        <th scope="col">value</th>
        <th scope="col">source</th>
      </tr>
    </thead>
  );
}

interface SettingRowProps {
  readonly path: string;
  readonly meaning: string;
  readonly value: ReactNode;
  /** What the published one has, with its name, where that differs. */
  readonly published: string | undefined;
  readonly source: ReactNode;
}

/** One setting with its value, what it means, and where it comes from. */
export function SettingRow({ path, meaning, value, published, source }: SettingRowProps) {
  return (
    <tr data-differs={published === undefined ? undefined : true}>
      <td>
        <code className="recipe__path">{path}</code>
        <div className="quiet small">{meaning}</div>
      </td>
      <td className="recipe__value">
        {value}
        {published !== undefined && <div className="recipe__other small">{published}</div>}
      </td>
      <td>{source}</td>
    </tr>
  );
}
