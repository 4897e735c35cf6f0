import { showPanel } from '../../state/dock.ts';
import type { RowSet } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';

/** Chooses the rows on the sky and lists only them. */
export function showOnly(rows: RowSet): void {
  const selection = useSelection.getState();
  selection.choose(rows, 'replace');
  selection.showOnlyChosen(true);
  showPanel('table');
}
