import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lobate } from '../cli/lobate.ts';
import { connectClient } from '../e2e/served-app.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from '../engine/small-field.ts';

const source = (path: string): string => resolve(import.meta.dirname, '../../src', path);

/** Gives a Node child what Electron's utility processes have: `process.parentPort`. Nothing else is faked. */
const PARENT_PORT = `
  process.parentPort = {
    postMessage: (message) => process.send(message),
    on: (event, listener) => process.on('message', (data) => listener({ data })),
  };
`;
const ENTRIES: Readonly<Record<string, string>> = {
  'engine.js': source('engine/desktop-entry.ts'),
  'worker.js': source('worker/index.ts'),
};
const children: ChildProcess[] = [];

vi.mock('electron', () => ({
  utilityProcess: {
    fork: (path: string, args: string[]) => {
      const child = fork(ENTRIES[basename(path)]!, args, {
        serialization: 'advanced',
        execArgv: ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`],
      });
      children.push(child);
      return Object.assign(child, { postMessage: (message: object) => child.connected && child.send(message) });
    },
  },
}));

const { startEngineProcess } = await import('../../src/main/engine-process.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-desktop-'));
  mkdirSync(join(folder, 'program', 'models'), { recursive: true });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'program', 'package.json'), JSON.stringify({ version: '0.0.0' }));
  lobate('train', '--network', 'compact', '--epochs', '0', '--out', join(folder, 'program', 'models', 'seeded'));
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('main, engine and worker, each in its own process, classify the files named on the command line', async () => {
  const { mosaics, catalogue } = writeSmallField(join(folder, 'data'));
  const engine = startEngineProcess(folder, [
    `--user-data=${join(folder, 'user')}`,
    `--renderer=${join(folder, 'window')}`,
    `--program=${join(folder, 'program')}`,
    ...mosaics,
    catalogue,
  ]);
  const client = await connectClient(await engine.url);
  await vi.waitFor(
    async () => {
      const project = await client.project.current();
      expect(project?.run).toMatchObject({ state: 'complete', rowsDone: SMALL_FIELD_ROWS, isTrained: false });
    },
    { timeout: 50_000, interval: 200 },
  );
  expect((await client.app.about()).host).toBe('desktop');
  await engine.close();
  expect(children.every((child) => child.exitCode !== null || child.signalCode !== null)).toBe(true);
});
