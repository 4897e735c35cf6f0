import { Button } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { flippedRows } from '../../../core/evaluation/flipped-rows.ts';
import { count } from '../../components/format.ts';
import { usePredictions } from '../../state/predictions.ts';
import { combinedRows } from '../../state/row-set.ts';
import type { RowSet } from '../../state/row-set.ts';
import { showOnly } from '../evaluation/show-only.ts';

interface DisagreementsProps {
  readonly sources: SourceColumns;
  readonly own: PredictionColumns;
  readonly other: PredictionColumns;
  /** Threshold of either. */
  readonly first: number;
  readonly second: number;
  readonly names: { readonly first: string; readonly second: string };
}

/** Sources on which the two runs disagree, and the way to look at them on the sky. */
export function Disagreements({ sources, own, other, first, second, names }: DisagreementsProps) {
  const version = usePredictions((state) => state.version);
  // Every row is looked at: the rest of a step of the threshold is drawn before, and steps that are past are left out.
  const [firstThreshold, secondThreshold] = [useDeferredValue(first), useDeferredValue(second)];
  const { onlyFirst, onlySecond, shared } = useMemo(
    () => flippedRows(own.probability, other.probability, sources.sisg, firstThreshold, secondThreshold),
    // `version` counts changes inside `own`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [own, version, other, sources, firstThreshold, secondThreshold],
  );
  const both = useMemo(() => combinedRows(onlyFirst, onlySecond, 'add'), [onlyFirst, onlySecond]);
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
