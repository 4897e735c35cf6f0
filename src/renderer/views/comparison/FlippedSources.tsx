import { Button } from '@mantine/core';
import type { FlippedRows } from '../../../core/evaluation/flipped-rows.ts';
import { count } from '../../components/format.ts';
import { combinedRows } from '../../state/row-set.ts';
import type { RowSet } from '../../state/row-set.ts';
import { showOnly } from '../evaluation/show-only.ts';

interface FlippedSourcesProps {
  readonly flipped: FlippedRows;
  readonly names: { readonly first: string; readonly second: string };
}

/** Sources on which the two runs disagree, and the way to look at them on the sky. */
export function FlippedSources({ flipped, names }: FlippedSourcesProps) {
  const { onlyFirst, onlySecond, shared } = flipped;
  const both = combinedRows(onlyFirst, onlySecond, 'add');
  return (
    <section className="comparison__flipped" aria-label="Sources that change their class">
      <p>
        <strong>{count(both.length)}</strong> of {count(shared)} sources change their class
      </p>
      <div className="comparison__acts">
        <Show rows={onlyFirst} label={`${count(onlyFirst.length)} flagged by ${names.first} alone`} />
        <Show rows={onlySecond} label={`${count(onlySecond.length)} flagged by ${names.second} alone`} />
        <Show rows={both} label="Show all of them" />
      </div>
    </section>
  );
}

function Show({ rows, label }: { readonly rows: RowSet; readonly label: string }) {
  return (
    <Button size="compact-xs" variant="default" disabled={rows.length === 0} onClick={() => showOnly(rows)}>
      {label}
    </Button>
  );
}
