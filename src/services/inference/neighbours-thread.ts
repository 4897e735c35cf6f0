/** Entry of the thread that finds the neighbours of a large catalogue, so that the engine can answer meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Neighbours } from '../../core/features/feature-table.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';

export type NeighboursMessage =
  { readonly kind: 'progress'; readonly fraction: number } | { readonly kind: 'done'; readonly neighbours: Neighbours };

const { raDeg, decDeg } = workerData as { readonly raDeg: Float64Array; readonly decDeg: Float64Array };
const tell = (message: NeighboursMessage, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, [...transfer]);

const neighbours = findNeighbours(raDeg, decDeg, (fraction) => tell({ kind: 'progress', fraction }));
const { rows, distanceArcsec, within45 } = neighbours;
tell(
  { kind: 'done', neighbours },
  [rows, distanceArcsec, within45].map(({ buffer }) => buffer as ArrayBuffer),
);
