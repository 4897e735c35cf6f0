/** Entry of a thread that simulates one field (simulate-fields.ts). What it throws reaches the one who started it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FieldReply, FieldRequest } from './simulate-fields.ts';
import { here } from './simulate-fields.ts';

const say = (reply: FieldReply): void => parentPort?.postMessage(reply);

const field = await here(workerData as FieldRequest, (_, fraction, label) =>
  say({ kind: 'progress', fraction, label }),
);
say({ kind: 'written', field });
