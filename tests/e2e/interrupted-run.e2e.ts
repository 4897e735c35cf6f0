import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { copySimulatedDemo, demoFilesIn } from './demo-field.ts';
import { connectClient, serveApp } from './served-app.ts';

interface StoredRow {
  readonly row: number;
  readonly status: string;
  readonly probability: number | null;
  readonly valid_fraction: number | null;
  readonly mosaic: number;
}

let folder: string;
let files: readonly string[];
const environment = (): Record<string, string> => ({ LOBATE_CACHE: join(folder, 'cache') });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-interrupted-'));
  // A dozen batches: enough to be interrupted twice on the way.
  copySimulatedDemo(inject('demoCache'), environment()['LOBATE_CACHE']!);
  files = demoFilesIn(environment()['LOBATE_CACHE']!);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const project = (name: string): string => join(folder, `${name}.lobate`);

/** Every stored value of the last run, bit for bit: doubles as SQLite gives them back. */
function storedRows(path: string): StoredRow[] {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare('SELECT row, status, probability, valid_fraction, mosaic FROM predictions ORDER BY run, row')
      .all() as StoredRow[];
  } finally {
    database.close();
  }
}

/** Follows the run and gives the rows of each batch as it is stored. */
async function* storedBatches(tokenUrl: string): AsyncGenerator<readonly number[]> {
  const client = await connectClient(tokenUrl);
  try {
    for await (const event of await client.app.events()) if (event.type === 'predictions') yield event.rows;
  } catch {
    // The engine is gone: so is the stream.
  }
}

describe('a run that is killed on the way', () => {
  test('goes on where it was after its worker and then the engine died, and ends in the same bytes', async () => {
    const whole = await serveApp(['--project', project('whole'), ...files], environment());
    await whole.summary;
    await whole.stop();
    const expected = storedRows(project('whole'));
    expect(expected.filter(({ status }) => status === 'classified').length).toBeGreaterThan(300);

    const published = new Map<number, number>();
    const note = (rows: readonly number[]): void => {
      for (const row of rows) published.set(row, (published.get(row) ?? 0) + 1);
    };

    const first = await serveApp(['--project', project('killed'), ...files], environment());
    let batches = 0;
    let killedWorkers = 0;
    for await (const rows of storedBatches(first.tokenUrl)) {
      note(rows);
      batches++;
      if (batches === 2) {
        for (const pid of first.workerPids()) {
          process.kill(pid, 'SIGKILL');
          killedWorkers++;
        }
      }
      if (batches === 5) await first.kill();
    }
    expect(killedWorkers).toBe(1);
    // Killed in mid-run: neither at its beginning nor at its end.
    expect(published.size).toBeGreaterThan(0);
    expect(published.size).toBeLessThan(expected.length);

    const second = await serveApp(['--project', project('killed')], environment());
    const following = (async () => {
      for await (const rows of storedBatches(second.tokenUrl)) note(rows);
    })();
    await second.summary;
    await second.stop();
    await following;

    expect(storedRows(project('killed'))).toEqual(expected);
    // A row that was stored before a death is not computed again: no row was published twice.
    expect([...published.values()].every((times) => times === 1)).toBe(true);
  });

  test('that is cancelled and taken up again ends complete, with no row computed twice', async () => {
    const app = await serveApp(['--project', project('cancelled'), ...files], environment());
    const client = await connectClient(app.tokenUrl);
    const published = new Set<number>();
    let batches = 0;
    for await (const event of await client.app.events()) {
      if (event.type === 'run-progress' && event.run.state === 'complete') break;
      if (event.type !== 'predictions') continue;
      for (const row of event.rows) {
        expect(published.has(row)).toBe(false);
        published.add(row);
      }
      batches++;
      if (batches === 4) {
        await client.run.cancel();
        const { run } = (await client.project.current())!;
        expect(run).toMatchObject({ state: 'cancelled' });
        expect(run!.rowsDone).toBeLessThan(run!.rowsTotal);
        await client.run.resume();
      }
    }
    await app.stop();
    expect(storedRows(project('cancelled'))).toEqual(storedRows(project('whole')));
  });

  test('and opening the finished project computes nothing', async () => {
    const again = await serveApp(['--project', project('killed')], environment());
    const client = await connectClient(again.tokenUrl);
    await again.summary;
    const summary = await client.project.current();
    expect(summary!.run).toMatchObject({ id: 1, state: 'complete' });
    expect(again.workerPids()).toEqual([]);
    await again.stop();
  });
});
