/** Entry of a thread that simulates one field (simulate-fields.ts). */
import { carryOutTask } from '../threads/thread-task.ts';
import type { FieldReport, FieldRequest, WrittenField } from './simulate-fields.ts';
import { here } from './simulate-fields.ts';

await carryOutTask<FieldRequest, WrittenField, FieldReport>(async (request, tell) => ({
  result: await here(request, (_, fraction, label) => tell({ fraction, label })),
}));
