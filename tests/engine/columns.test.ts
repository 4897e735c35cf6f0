import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { safe } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import type { ColumnReport } from '../../src/contract/column-report.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { lotssTable } from '../core/catalogue/catalogue-tables.ts';
import { start } from './engine-benches.ts';
import type { TestEngine } from './test-engine.ts';

const choiceOf = ({ choices }: ColumnReport, title: string) => choices.find((choice) => choice.title === title)!;

/** A catalogue whose sizes go by a name that nobody knows. */
async function writeStrange(bench: TestEngine): Promise<string> {
  const path = join(bench.folder, 'data', 'strange.fits');
  const { columns, ...table } = lotssTable([205, 205.01, 205.02], [55, 55.01, 55.02], {});
  const renamed = columns.map((column) => (column.name === 'Maj' ? { ...column, name: 'fwhm_major' } : column));
  await writeTableFile(path, { ...table, columns: renamed });
  return path;
}

describe('the columns of a catalogue', () => {
  test('are reported with unit and first values, and what is needed and missing is said', async () => {
    const bench = await start();
    const client = await bench.connect();
    const report = await client.columns.report({ path: await writeStrange(bench) });
    expect(choiceOf(report, 'RA')).toMatchObject({ found: 'RA', unit: 'deg', isRequired: true, isMapped: false });
    expect(choiceOf(report, 'RA').values).toEqual(['205', '205.01', '205.02']);
    expect(choiceOf(report, 'Maj')).toMatchObject({ found: null, values: [] });
    expect(report.refusal).toContain('has no column Maj');
    expect(report.columns).toContain('fwhm_major');
  });

  test('a map mends it; the project keeps the map and opens again with it', async () => {
    const bench = await start();
    const client = await bench.connect();
    const catalogue = await writeStrange(bench);
    const map = ['Maj=fwhm_major'];
    const report = await client.columns.report({ path: catalogue, map });
    expect(report.refusal).toBeNull();
    expect(choiceOf(report, 'Maj')).toMatchObject({ found: 'fwhm_major', isMapped: true, foundByName: null });
    const { path } = await client.project.open({ mosaics: [...bench.files.mosaics], catalogue, map });
    await client.project.close();
    await client.project.openFile({ path });
    expect(await client.columns.reading()).toEqual({ map });
  });

  test('of the open project can be read anew, and another reading is another run', async () => {
    const bench = await start();
    const client = await bench.connect();
    const { mosaics, catalogue } = bench.files;
    const before = await client.project.open({ mosaics: [...mosaics], catalogue });
    const after = await client.columns.read({ map: ['Maj=Min'] });
    expect(after.path).toBe(before.path);
    expect(after.opening).toBeGreaterThan(before.opening);
    expect(after.run?.id).toBe(2);
    expect((await client.source.details({ row: 3 })).majArcsec).toBe(6);
    expect(await client.columns.reading()).toEqual({ map: ['Maj=Min'] });
    expect(choiceOf(await client.columns.report({ map: ['Maj=Min'] }), 'Maj').found).toBe('Min');
  });

  test('a reading that cannot be leaves the project open as it was', async () => {
    const bench = await start();
    const client = await bench.connect();
    const { mosaics, catalogue } = bench.files;
    const before = await client.project.open({ mosaics: [...mosaics], catalogue });
    const { error } = await safe(client.columns.read({ map: ['Maj=Source_Name'] }));
    expect(error).not.toBeNull();
    const present = await client.project.current();
    expect(present).toMatchObject({ path: before.path, opening: before.opening });
    expect(existsSync(before.path)).toBe(true);
  });

  test('outside the folders of the server are not shown', async () => {
    const bench = await start();
    const client = await bench.connect();
    const { error } = await safe(client.columns.report({ path: join(bench.folder, 'secret.txt') }));
    expect(error).not.toBeNull();
  });
});
