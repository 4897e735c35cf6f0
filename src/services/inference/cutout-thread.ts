/**
 * Entry of a thread that makes cutouts beside the network, whose run() holds the thread that calls it. Answers one message
 * per batch, in the order of the requests (cutout-threads.ts).
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Cutout } from '../../core/cutout/cutout.ts';
import { sharedFileHandles } from '../fits-files/file-source.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { openMosaic } from '../fits-files/mosaic.ts';
import { threadFailureOf } from '../threads/thread-failure.ts';
import type { ThreadData, ThreadReply, ThreadRequest } from './cutout-threads.ts';
import { createBatchPreparer } from './prepare-batch.ts';

const { mosaics, recipe } = workerData as ThreadData;
const handles = sharedFileHandles();
let open: Mosaic | undefined;

const preparer = createBatchPreparer(async (index) => {
  await open?.close();
  open = await openMosaic(mosaics[index]!, handles);
  return open;
}, recipe);

async function answer({ id, places }: ThreadRequest): Promise<void> {
  try {
    const batch = await preparer.prepare(places);
    const made = batch.cutouts.filter((cutout): cutout is Cutout => cutout !== undefined);
    send(
      { id, batch },
      made.map(({ channels }) => channels.buffer as ArrayBuffer),
    );
  } catch (thrown) {
    send({ id, failure: threadFailureOf(thrown) }, []);
  }
}

const send = (reply: ThreadReply, transfer: readonly ArrayBuffer[]): void => parentPort?.postMessage(reply, transfer);

// A batch at a time: two of them would fight for the reader's band.
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: ThreadRequest) => {
  turn = turn.then(() => answer(request));
});
