import { useSamp } from '../state/samp.ts';
import { useSelection } from '../state/selection.ts';
import type { EngineClient } from './connection.ts';

/** Asks the engine who is connected and what was offered. */
export async function reloadSamp(client: EngineClient): Promise<void> {
  try {
    useSamp.getState().setState(await client.samp.state());
  } catch {
    // A connection that broke is said elsewhere, and its return asks again.
  }
}

/**
 * Tells the other programs which source is looked at, while they want to know: one at a time, and of those that were
 * passed quickly only the last. What another program made us select, the engine does not send back.
 */
export function followSelection(client: EngineClient): void {
  let isSending = false;
  let next: number | undefined;
  const send = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    for (; next !== undefined;) {
      const row = next;
      next = undefined;
      // A hub that does not answer shows in the panel; walking through the list must not stop for it.
      await client.samp.highlight({ row }).catch(() => undefined);
    }
    isSending = false;
  };
  useSelection.subscribe(({ row }, before) => {
    const { state, isFollowed } = useSamp.getState();
    if (row === undefined || row === before.row || state?.isConnected !== true || !isFollowed) return;
    next = row;
    void send();
  });
}
