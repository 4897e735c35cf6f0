import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fenceWithProject } from '../../src/engine/router/allowed-paths.ts';
import { rejectionOf } from '../expect-failure.ts';

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'lobate-beside-')));
  for (const folder of ['data', 'project', 'project-2']) {
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, 'labels.csv'), 'Source_Name,label\n');
  }
  symlinkSync(join(root, 'project-2', 'labels.csv'), join(root, 'project', 'link.csv'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const beside = () =>
  fenceWithProject({
    fence: { roots: [join(root, 'data')] },
    workbench: { openProject: { store: { path: join(root, 'project', 'field.lobate') } } },
  });

test('a folder whose name only begins like the project’s is not beside it, nor is what a link there leads to', async () => {
  const fence = await beside();
  expect(await rejectionOf(() => fence.resolve(join(root, 'project-2', 'labels.csv')))).toMatchObject({
    kind: 'path-not-allowed',
  });
  expect(await rejectionOf(() => fence.resolve(join(root, 'project', 'link.csv')))).toMatchObject({
    kind: 'path-not-allowed',
  });
});

test('labels beside the open project are read wherever it was opened from, and those inside the fence as well', async () => {
  const fence = await beside();
  expect(await fence.resolve(join(root, 'project', 'labels.csv'))).toBe(join(root, 'project', 'labels.csv'));
  expect(await fence.resolve(join(root, 'data', 'labels.csv'))).toBe(join(root, 'data', 'labels.csv'));
});
