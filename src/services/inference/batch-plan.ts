import type { MosaicAssignment } from './assign-mosaics.ts';
import { inReadingOrder } from './reading-order.ts';

/**
 * The order in which a field's rows are looked at, in batches. It follows from the inputs alone, so an interrupted run
 * that starts again finds the same batches, and each batch goes through the network with the same companions.
 */
export interface BatchPlan {
  readonly batches: readonly Int32Array[];
}

/** Rows per batch that go through the network (the paper's batch size), and rows per batch at the most. */
const NETWORK_ROWS_PER_BATCH = 32;
const ROWS_PER_BATCH = 1024;

/**
 * Sorts the rows in reading order, so that reading runs once through each file; rows on no mosaic come first. No batch
 * has rows of two mosaics: a part of a survey that is classified apart meets the same batches as the whole.
 * @param needsNetwork 1 where a row goes through the network
 */
export function planBatches(assignment: MosaicAssignment, needsNetwork: Uint8Array): BatchPlan {
  const { mosaic } = assignment;
  const order = Array.from(mosaic.keys()).sort(inReadingOrder(assignment));
  const batches: Int32Array[] = [];
  let current: number[] = [];
  let networkRows = 0;
  for (const row of order) {
    const isNetworkRow = needsNetwork[row] === 1;
    const isFull = current.length === ROWS_PER_BATCH || (isNetworkRow && networkRows === NETWORK_ROWS_PER_BATCH);
    const isOtherMosaic = current.length > 0 && mosaic[row] !== mosaic[current[0]!];
    if (isFull || isOtherMosaic) {
      batches.push(Int32Array.from(current));
      current = [];
      networkRows = 0;
    }
    current.push(row);
    if (isNetworkRow) networkRows++;
  }
  if (current.length > 0) batches.push(Int32Array.from(current));
  return { batches };
}
