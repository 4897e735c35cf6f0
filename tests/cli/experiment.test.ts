import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

test('an experiment that ships is found by its name beside the folder of that name that an earlier start wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-experiment-'));
  try {
    mkdirSync(join(folder, 'fig1-baselines'));
    const entry = resolve(import.meta.dirname, '../../src/cli/index.ts');
    const args = [entry, 'experiment', 'fig1-baselines', '--data', 'no-such-folder'];
    const { stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('no-such-folder');
    expect(stderr).not.toContain('cannot be read');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
