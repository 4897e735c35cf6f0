import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refusalOf, requestOf, start } from './engine-benches.ts';

describe('paths that a window gives', () => {
  test('outside the allowed folders are refused, through a link as well', async () => {
    const bench = await start();
    const client = await bench.connect();
    const outside = join(bench.folder, 'outside');
    mkdirSync(outside);
    symlinkSync(join(bench.folder, 'secret.txt'), join(bench.folder, 'data', 'link.fits'));
    const [mosaic] = bench.files.mosaics;
    const attempts = [
      { mosaics: ['/etc/hostname'], catalogue: bench.files.catalogue },
      { mosaics: [join(bench.folder, 'data', 'link.fits')], catalogue: bench.files.catalogue },
      { mosaics: [mosaic!], catalogue: bench.files.catalogue, project: join(outside, 'a.lobate') },
      { mosaics: [mosaic!], catalogue: bench.files.catalogue, gaussians: '../secret.txt' },
    ];
    for (const attempt of attempts) {
      expect(await refusalOf(client.project.open(attempt))).toMatchObject({ kind: 'path-not-allowed' });
    }
    expect(existsSync(join(outside, 'a.lobate'))).toBe(false);
    expect(await refusalOf(client.project.openFile({ path: join(outside, 'a.lobate') }))).toMatchObject({
      kind: 'path-not-allowed',
    });
    expect(await refusalOf(client.files.list({ path: bench.folder }))).toMatchObject({ kind: 'path-not-allowed' });
  });

  test('a dangling link is not a way to make a project elsewhere', async () => {
    const bench = await start();
    const client = await bench.connect();
    const project = join(bench.folder, 'data', 'new.lobate');
    symlinkSync(join(bench.folder, 'elsewhere.lobate'), project);
    await refusalOf(client.project.open({ ...requestOf(bench), project }));
    expect(existsSync(join(bench.folder, 'elsewhere.lobate'))).toBe(false);
  });

  test.skipIf(process.getuid?.() === 0)(
    'in a folder that cannot be written to get a project in the cache',
    async () => {
      const bench = await start();
      const data = join(bench.folder, 'data');
      chmodSync(data, 0o500);
      try {
        const { path } = await bench.engine.open(requestOf(bench));
        expect(path).toContain(join(bench.folder, 'cache', 'projects'));
      } finally {
        chmodSync(data, 0o700);
      }
    },
  );
});
