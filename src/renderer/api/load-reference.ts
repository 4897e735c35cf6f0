import { unpackColumns } from '../../contract/packed-columns.ts';
import { paths } from '../../contract/paths.ts';
import type { LabelColumns } from '../../core/evaluation/pair-rows.ts';
import { useEvaluation } from '../state/evaluation.ts';
import type { EngineClient } from './connection.ts';

/** Fetches the labels that the open field is judged by, or forgets those of another. */
export async function reloadReference(client: EngineClient): Promise<void> {
  const summary = await client.evaluation.reference();
  useEvaluation.getState().setReference(summary === null ? undefined : { summary, columns: await loadColumns() });
}

async function loadColumns(): Promise<LabelColumns> {
  const answer = await fetch(paths.reference, { cache: 'no-store' });
  if (!answer.ok) throw new Error(await answer.text());
  const { arrays, values } = unpackColumns(await answer.arrayBuffer());
  const [label, group, dataset] = [arrays.get('label'), arrays.get('group'), arrays.get('dataset')];
  const groupCount = values['groupCount'];
  if (
    !(label instanceof Uint8Array && dataset instanceof Uint8Array && group instanceof Int32Array) ||
    typeof groupCount !== 'number'
  ) {
    throw new Error(`${paths.reference} sent other columns than labels.`);
  }
  return { label, group, groupCount, dataset };
}

/** What the model of the run on screen saw of each row; null where it does not say. @throws Error of a broken record */
export async function loadTrainingSplit(signal: AbortSignal): Promise<Uint8Array | null> {
  const answer = await fetch(paths.trainingSplit, { cache: 'no-store', signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(await answer.text());
  const dataset = unpackColumns(await answer.arrayBuffer()).arrays.get('dataset');
  return dataset instanceof Uint8Array ? dataset : null;
}
