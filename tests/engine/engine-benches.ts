import { isDefinedError, safe } from '@orpc/client';
import { afterEach, expect } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import type { EngineEvent, ProjectSummary } from '../../src/contract/schemas.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

const benches: TestEngine[] = [];

/** An engine over a small field, which is closed after the test and must have met no bug by then. */
export async function start(options: Parameters<typeof startTestEngine>[0] = {}): Promise<TestEngine> {
  const bench = await startTestEngine(options);
  benches.push(bench);
  return bench;
}
afterEach(async () => {
  for (const bench of benches.splice(0).reverse()) {
    await bench.close();
    expect(bench.bugs).toEqual([]);
  }
});

/** The typed error with which a call is refused. */
export async function refusalOf(call: Promise<unknown>): Promise<{ kind: string; sentence: string }> {
  const result = await safe(call as Promise<never>);
  const { error } = result;
  expect(error === null ? 'no error' : isDefinedError(error)).toBe(true);
  return (error as unknown as { data: { kind: string; sentence: string } }).data;
}

export const warningsOf = ({ notices }: ProjectSummary): string[] =>
  notices.filter(({ level }) => level === 'warning').map(({ message }) => message);

export const requestOf = (bench: TestEngine): Parameters<Client['project']['open']>[0] => ({
  mosaics: [...bench.files.mosaics],
  catalogue: bench.files.catalogue,
});

/** Resolves with the events until the run has ended. */
export async function eventsOfRun(client: Client, action: () => Promise<unknown>): Promise<EngineEvent[]> {
  const seen: EngineEvent[] = [];
  const events = await client.app.events();
  const acted = action();
  for await (const event of events) {
    seen.push(event);
    if (event.type === 'run-progress' && !['running', 'queued'].includes(event.run.state)) break;
  }
  await acted;
  return seen;
}

/** The small field, open and classified by the fake worker. */
export async function openClassified(
  options: Parameters<typeof start>[0] = {},
): Promise<{ readonly bench: TestEngine; readonly client: Client }> {
  const bench = await start(options);
  const client = await bench.connect();
  await eventsOfRun(client, () => client.project.open(requestOf(bench)));
  return { bench, client };
}

/** The columns behind a door. */
export async function blockOf(bench: TestEngine, path: string): Promise<ReturnType<typeof unpackColumns>> {
  const { status, body } = await bench.get(path, { Cookie: await bench.signIn() });
  expect(status, body.toString().slice(0, 200)).toBe(200);
  return unpackColumns(Uint8Array.from(body).buffer);
}
