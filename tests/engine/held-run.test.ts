import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProjectSummary } from '../../src/contract/schemas.ts';
import { fakeWorkers } from './fake-worker.ts';
import type { SmallFieldChanges } from './small-field.ts';
import { writeSmallField } from './small-field.ts';
import { start } from './engine-benches.ts';
import { SMALL_FIELD_BATCHES } from './test-engine.ts';

/** An engine, and a field that is the small one but for `changes`. */
async function openChanged(changes: SmallFieldChanges) {
  const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
  const bench = await start({ startWorker: workers.start });
  const folder = join(bench.folder, 'data', 'other');
  mkdirSync(folder);
  const { mosaics, catalogue } = writeSmallField(folder, changes);
  const project = await bench.engine.open({ mosaics: [...mosaics], catalogue });
  return { bench, workers, project };
}

const kindsOf = ({ holds }: ProjectSummary): string[] => holds.map(({ kind }) => kind);

describe('a first run starts by itself', () => {
  test('where nothing in the data speaks against it', async () => {
    const { project } = await openChanged({});
    expect(project.holds).toEqual([]);
    expect(project.run).not.toBeNull();
  });

  test.each<[string, SmallFieldChanges, string]>([
    ['pixels of 2.5″, which the model was not made for', { scaleArcsec: 2.5 }, 'scale'],
    ['a beam of 15″', { beamArcsec: 15 }, 'beam'],
    ['Maj in degrees that is called arcsec', { majFactor: 1 / 3600 }, 'unit-trap'],
    ['no likelihood ratios, which the model takes', { hasLikelihoodRatios: false }, 'missing'],
    ['nothing that tells the number of Gaussians', { hasSCode: false }, 'missing'],
  ])('but not with %s', async (_, changes, kind) => {
    const { project, workers, bench } = await openChanged(changes);
    expect(kindsOf(project)).toEqual([kind]);
    expect(project.run).toBeNull();
    expect(workers.jobs).toEqual([]);
    const client = await bench.connect();
    expect((await client.project.preflight({})).holds).toEqual(project.holds);
  });
});

describe('a run that waits', () => {
  test('starts when it is asked for, with the geometry that was chosen, and waits no more', async () => {
    const { bench, workers } = await openChanged({ scaleArcsec: 2.5 });
    const client = await bench.connect();
    const run = await client.run.start({ geometry: 'angular' });
    expect(run).toMatchObject({ id: 1, geometry: 'angular' });
    expect(workers.jobs.map(({ recipe }) => recipe.cutout.geometry)).toEqual(['angular']);
    expect((await client.project.current())?.holds).toEqual([]);
  });

  test('waits again when the project is opened again, until a run was started', async () => {
    const { bench, project } = await openChanged({ scaleArcsec: 2.5 });
    const again = await bench.engine.openFile(project.path);
    expect(kindsOf(again)).toEqual(['scale']);
    const client = await bench.connect();
    await client.run.start({});
    expect((await bench.engine.openFile(project.path)).holds).toEqual([]);
  });

  test('is not held for the scale where resampled cutouts are looked at', async () => {
    const { bench } = await openChanged({ scaleArcsec: 2.5 });
    const client = await bench.connect();
    expect((await client.project.preflight({ geometry: 'angular' })).holds).toEqual([]);
  });
});
