import { useDeferredValue, useState } from 'react';
import type { RowStatementMessage } from '../../contract/labels.ts';
import { useLabels } from './labels.ts';
import { useSelection } from './selection.ts';

export interface RestingLabels {
  readonly said: ReadonlyMap<number, readonly RowStatementMessage[]>;
  /** Another number for other labels: a map is no part of a query's key. */
  readonly revision: number;
}

/**
 * What was said of the rows, for everything that is made of all labels at once: figures and sky. It follows each
 * label where one is given alone, and when the labeller rests where he hurries through a queue: the next source comes
 * first.
 */
export function useRestingLabels(): RestingLabels {
  const said = useLabels((state) => state.said);
  const revision = useLabels((state) => state.revision);
  const isHurried = useSelection(({ row, skyRow }) => row !== skyRow);
  const [resting, setResting] = useState<RestingLabels>({ said, revision });
  if (!isHurried && revision !== resting.revision) setResting({ said, revision });
  return useDeferredValue(resting);
}
