import { labellerOf, useLabels } from '../state/labels.ts';
import type { EngineClient } from './connection.ts';

/** Fetches what has been said of the open field's rows, as far as this labeller may see it. */
export async function reloadLabels(client: EngineClient): Promise<void> {
  const { chosenLabeller, isBlind } = useLabels.getState();
  const labeller = chosenLabeller.trim();
  useLabels.getState().replace(await client.labels.state({ isBlind, ...(labeller === '' ? {} : { labeller }) }));
}

/** Another labeller, or blindness, is another set of labels. */
export function followLabeller(reload: () => void): void {
  useLabels.subscribe((state, before) => {
    if (state.isBlind !== before.isBlind || labellerOf(state) !== labellerOf(before)) reload();
  });
}
