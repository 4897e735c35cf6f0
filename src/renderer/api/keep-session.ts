import type { SessionView } from '../../contract/session.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { useThreshold } from '../state/threshold.ts';
import type { EngineClient } from './connection.ts';

/** A drag makes many views; the one at which it rests is written [ms]. Shorter than anybody's crash is sudden. */
const RESTING_MS = 300;

/** Sends the session of the open project to its file whenever it changes, for as long as the window lives. */
export function keepSession(client: EngineClient): void {
  useThreshold.subscribe(({ threshold, secondsPerSource }) =>
    useSession.getState().note({ threshold, secondsPerSource }),
  );
  useSelection.subscribe(({ row }, before) => {
    if (row !== before.row) useSession.getState().note({ selectedRow: row ?? null });
  });

  let resting: ReturnType<typeof setTimeout> | undefined;
  let unsent: { readonly project: string; readonly view: SessionView } | undefined;
  const send = (): void => {
    clearTimeout(resting);
    if (unsent === undefined) return;
    const sent = unsent;
    unsent = undefined;
    // The engine may be gone: the next change is sent to the one that comes back, with everything in it.
    client.session.keepView(sent).catch(() => (unsent ??= sent));
  };
  useSession.subscribe(({ project, view }, before) => {
    if (project === undefined || view === before.view || project !== before.project) return;
    unsent = { project, view };
    clearTimeout(resting);
    resting = setTimeout(send, RESTING_MS);
  });
  window.addEventListener('pagehide', send);
}

/** Puts threshold and selection back where they were left. Returns whether there was a selection to put back. */
export function restoreSession({ threshold, secondsPerSource, selectedRow }: SessionView, rowCount: number): boolean {
  if (threshold !== undefined) useThreshold.getState().adoptThreshold(threshold);
  if (secondsPerSource !== undefined) useThreshold.getState().setSecondsPerSource(secondsPerSource);
  if (selectedRow === undefined) return false;
  const row = selectedRow === null || selectedRow >= rowCount ? undefined : selectedRow;
  // Where the sky is comes from the session too: the row must not move it.
  useSelection.getState().adoptSelection(row, useSession.getState().view.sky === undefined ? 'centres' : 'stays');
  return true;
}
