/**
 * Entry of a thread that makes cutouts beside the network, whose run() holds the thread that calls it. One batch at a
 * time: two of them would fight for the reader's band.
 */
import { workerData } from 'node:worker_threads';
import { sharedFileHandles } from '../fits-files/file-source.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { openMosaic } from '../fits-files/mosaic.ts';
import { answerInTurn } from '../threads/asked-thread.ts';
import type { ThreadData } from './cutout-threads.ts';
import type { BatchPlaces, PreparedBatch } from './prepare-batch.ts';
import { createBatchPreparer } from './prepare-batch.ts';

const { mosaics, recipe } = workerData as ThreadData;
const handles = sharedFileHandles();
let open: Mosaic | undefined;

const preparer = createBatchPreparer(async (index) => {
  await open?.close();
  open = await openMosaic(mosaics[index]!, handles);
  return open;
}, recipe);

answerInTurn<BatchPlaces, PreparedBatch>(async (places) => {
  const batch = await preparer.prepare(places);
  const made = batch.cutouts.filter((cutout) => cutout !== undefined);
  return { result: batch, transfer: made.map(({ channels }) => channels.buffer as ArrayBuffer) };
});
