import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { FilterProblem } from '../../../core/table/filter-syntax.ts';
import { Icon } from '../../components/Icon.tsx';
import { LOW_INPUT } from '../../components/low-input.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useTable } from '../../state/table.ts';

const HINT = `A part of a name, or a condition on columns:
mc_probability > 0.6 && Maj < 20
contains(S_Code, 'M') || missing(lr_pc)
Columns are as in the catalogue, in its units; odd names in \`backticks\`.`;

/** What the table and the sky are narrowed to. */
export function FilterBox({ problem }: { readonly problem: FilterProblem | undefined }) {
  const filter = useTable((state) => state.filter);
  const set = useTable((state) => state.set);
  const input = useRef<HTMLInputElement>(null);
  useKeys({ 'filter-table': () => input.current?.select() });
  return (
    <TextInput
      ref={input}
      aria-label="Filter by name or condition"
      placeholder="Filter: Maj < 20"
      title={problem?.sentence ?? HINT}
      value={filter}
      error={problem !== undefined}
      onChange={(event) => set({ filter: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (filter === '') event.currentTarget.blur();
        else set({ filter: '' });
      }}
      className="table__filter"
      styles={{ input: { ...LOW_INPUT.input, fontVariantNumeric: 'tabular-nums' } }}
      rightSection={
        filter !== '' && (
          <button
            type="button"
            className="link quiet"
            aria-label="Show all sources"
            onClick={() => set({ filter: '' })}
          >
            <Icon name="close" size={10} />
          </button>
        )
      }
    />
  );
}
