import { useEffect } from 'react';
import { useSelection } from '../../state/selection.ts';

/** Marks the rows on the sky as neighbours are marked, for as long as they are edited. */
export function useMarkedOnSky(rows: readonly number[]): void {
  const list = rows.join();
  useEffect(() => {
    const marked = list === '' ? [] : list.split(',').map(Number);
    const { neighbours: before, row } = useSelection.getState();
    const mark = (): void => {
      if (useSelection.getState().neighbours !== marked) useSelection.getState().setNeighbours(marked);
    };
    mark();
    // The page's own neighbours arrive when they are found; the group stays on top of them.
    const end = useSelection.subscribe(mark);
    return () => {
      end();
      // Another source brings its own.
      if (useSelection.getState().row === row) useSelection.getState().setNeighbours(before);
    };
  }, [list]);
}
