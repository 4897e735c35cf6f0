/** Entry of the thread that finds the neighbours of a large catalogue, so that the engine can answer meanwhile. */
import type { Neighbours } from '../../core/features/feature-table.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';
import { carryOutTask } from '../threads/thread-task.ts';

export interface NeighboursData {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
}

await carryOutTask<NeighboursData, Neighbours, number>(({ raDeg, decDeg }, tell) => {
  const neighbours = findNeighbours(raDeg, decDeg, tell);
  const { rows, distanceArcsec, within45 } = neighbours;
  return {
    result: neighbours,
    transfer: [rows, distanceArcsec, within45].map(({ buffer }) => buffer as ArrayBuffer),
  };
});
