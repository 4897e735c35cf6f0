import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDeferredValue, useMemo } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { flipCounter, flippedRows } from '../../../core/evaluation/flipped-rows.ts';
import type { ComparedNames } from '../../../figures/comparison-figure.ts';
import { count } from '../../components/format.ts';
import { usePredictions } from '../../state/predictions.ts';
import { combinedRows } from '../../state/row-set.ts';
import { showOnly } from '../evaluation/show-only.ts';

interface DisagreementsProps {
  readonly sources: SourceColumns;
  readonly own: PredictionColumns;
  /** P(MC) by the other, one per catalogue row; NaN where there is none. */
  readonly other: Float64Array;
  readonly threshold: number;
  /** Of the other; undefined where it is the same one. */
  readonly otherThreshold: number | undefined;
  readonly names: ComparedNames;
}

/** Sources on which the two runs disagree, and the way to look at them on the sky. */
export function Disagreements({ sources, own, other, threshold, otherThreshold, names }: DisagreementsProps) {
  // Sorting all rows can wait for the window while a run goes on; a step of the threshold counts by binary search.
  const version = useDeferredValue(usePredictions((state) => state.version));
  const both = useMemo(() => ({ first: own.probability, second: other, isSisg: sources.sisg }), [own, other, sources]);
  const countsAt = useMemo(
    () => flipCounter(both, otherThreshold),
    // `version` counts changes inside `own`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [both, version, otherThreshold],
  );
  const { onlyFirst, onlySecond, shared } = countsAt(threshold);
  const show = (which: 'onlyFirst' | 'onlySecond' | 'all') => (): void => {
    const flipped = flippedRows(both, threshold, otherThreshold ?? threshold);
    showOnly(which === 'all' ? combinedRows(flipped.onlyFirst, flipped.onlySecond, 'add') : flipped[which]);
  };
  return (
    <section className="comparison__flipped" aria-label="Sources that change their class">
      <p>
        <strong>{count(onlyFirst + onlySecond)}</strong> of {count(shared)} sources change their class
      </p>
      <div className="comparison__acts">
        <Show count={onlyFirst} onShow={show('onlyFirst')}>
          {count(onlyFirst)} flagged by {names.first} alone
        </Show>
        <Show count={onlySecond} onShow={show('onlySecond')}>
          {count(onlySecond)} flagged by {names.second} alone
        </Show>
        <Show count={onlyFirst + onlySecond} onShow={show('all')}>
          Show all of them
        </Show>
      </div>
    </section>
  );
}

interface ShowProps {
  readonly count: number;
  readonly onShow: () => void;
  readonly children: ReactNode;
}

function Show({ count: rows, onShow, children }: ShowProps) {
  return (
    <Button size="compact-xs" variant="default" disabled={rows === 0} onClick={onShow}>
      {children}
    </Button>
  );
}
