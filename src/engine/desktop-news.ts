import type { EngineToHost } from '../contract/host-messages.ts';
import type { EngineEvent } from '../contract/schemas.ts';
import type { RunningEngine } from './start-engine.ts';

/** How far the slow work is that an event tells of; undefined where it tells of none. */
export function progressOf(event: EngineEvent): Extract<EngineToHost, { kind: 'progress' }>['done'] | undefined {
  if (event.type === 'task') return event.fraction === 1 ? 'nothing to do' : (event.fraction ?? 'unknown');
  if (event.type !== 'run-progress') return undefined;
  const { state, rowsDone, rowsTotal } = event.run;
  if (state !== 'running' && state !== 'queued') return 'nothing to do';
  return rowsTotal === 0 ? 'unknown' : rowsDone / rowsTotal;
}

/** Keeps the host informed of what it shows outside the window: progress on the dock, recent projects in the menu. */
export async function informHost(
  engine: Pick<RunningEngine, 'events' | 'recent'>,
  tell: (message: EngineToHost) => void,
): Promise<void> {
  const tellRecent = async (): Promise<void> => {
    const projects = (await engine.recent()).filter(({ exists }) => exists);
    tell({ kind: 'recent', projects: projects.map(({ name, path }) => ({ name, path })) });
  };
  // Listening begins with this call, so nothing is missed between it and the first list.
  const events = engine.events();
  await tellRecent();
  for await (const event of events) {
    const done = progressOf(event);
    if (done !== undefined) tell({ kind: 'progress', done });
    if (event.type === 'online-changed') tell({ kind: 'online', isOn: event.isOn });
    if (event.type === 'project-changed') await tellRecent();
  }
}
