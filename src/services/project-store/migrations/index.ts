import { firstTables } from './0001-first-tables.ts';
import { candidateHistory } from './0003-candidate-history.ts';
import { labelHistory } from './0002-label-history.ts';
import { runDevices } from './0004-run-devices.ts';
import { trainings } from './0005-trainings.ts';
import { readingOrder } from './0006-reading-order.ts';

/**
 * Every change of the project file, in order; `user_version` is how many of them a file has seen. A migration that was
 * released is never edited: a new one is added.
 */
export const migrations: readonly string[] = [
  firstTables,
  labelHistory,
  candidateHistory,
  runDevices,
  trainings,
  readingOrder,
];
