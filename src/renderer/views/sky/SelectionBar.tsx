import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { count } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { NO_ROWS } from '../../state/row-set.ts';
import { countAtOrAbove, sortedScores } from '../../state/score-order.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';

/** How many rows are chosen and what can be done with them; nothing while there are none. */
export function SelectionBar() {
  const { chosen, isOnlyChosenShown, choose, showOnlyChosen } = useSelection();
  const probability = usePredictions((state) => state.columns?.probability);
  const sisg = useField((state) => state.sources?.sisg);
  const version = usePredictions((state) => state.version);
  const sorted = useMemo(
    () =>
      sortedScores(
        Float64Array.from(chosen, (row) => probability?.[row] ?? Number.NaN),
        Uint8Array.from(chosen, (row) => sisg?.[row] ?? 0),
      ),
    // `version` counts changes inside `probability`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [chosen, probability, version, sisg],
  );
  const flagged = useThreshold(({ threshold }) => countAtOrAbove(sorted, threshold));
  if (chosen.length === 0) return null;
  return (
    <div className="sky__selection" role="status">
      <span>
        {count(chosen.length)} selected<span className="quiet"> · {count(flagged)} flagged</span>
      </span>
      <Button size="compact-xs" aria-pressed={isOnlyChosenShown} onClick={() => showOnlyChosen(!isOnlyChosenShown)}>
        {isOnlyChosenShown ? 'Show all' : 'Show only these'}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => choose(NO_ROWS, 'replace')}>
        Clear
      </Button>
    </div>
  );
}
