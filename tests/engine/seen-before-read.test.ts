import { expect, test } from 'vitest';
import type { FieldFiles } from '../../src/contract/field-files.ts';
import { DomainFailure } from '../../src/core/result/failure.ts';
import { inputsOf } from '../../src/engine/project/project-inputs.ts';
import type { FingerprintOptions } from '../../src/services/project-store/fingerprint.ts';
import { openProject } from '../../src/services/project-store/project-store.ts';
import { deferred } from './deferred.ts';
import { eventsOfRun, refusalOf, requestOf, start } from './engine-benches.ts';
import type { Client } from './test-engine.ts';

/** Opens the small field, of which the samples that identify its files are read only when the test says so. */
async function openHeld(read = inputsOf) {
  const released = deferred();
  const bench = await start({
    fakes: {
      async inputsOf(files: FieldFiles, options: FingerprintOptions) {
        const aborted = new Promise<never>((_, fail) =>
          options.signal?.addEventListener('abort', () => fail(new DomainFailure({ kind: 'cancelled' }))),
        );
        await Promise.race([released.promise, aborted]);
        return read(files, options);
      },
    },
  });
  const client = await bench.connect();
  const seen = whenSeen(client);
  const opening = client.project.open(requestOf(bench));
  opening.catch(() => undefined);
  return { bench, client, opening, project: await seen, release: () => released.resolve(undefined) };
}

/** The project as soon as the engine says that there is one. */
async function whenSeen(client: Client) {
  for await (const event of await client.app.events()) {
    const project = event.type === 'project-changed' ? await client.project.current() : null;
    if (project !== null) return project;
  }
  throw new Error('the engine ended');
}

test('a field is on the sky before its files are read through, and its run begins after', async () => {
  const { bench, client, opening, project, release } = await openHeld();
  expect(project).toMatchObject({ isTakenUp: false, run: null });
  const cookie = await bench.signIn();
  const { status } = await bench.get(`/hips/${project.sky.hipsKey}/properties`, { cookie });
  expect(status).toBe(200);
  const asked = client.run.start({ scoreSisg: true });
  await eventsOfRun(client, () => {
    release();
    return Promise.resolve();
  });
  expect(await opening).toMatchObject({ isTakenUp: true, run: { id: 1 } });
  // Asked for too early it waited for the files, and met the run that had begun by itself.
  expect(await refusalOf(asked)).toMatchObject({ kind: 'run-in-progress' });
});

test('the files of a run are those that were read through', async () => {
  const { bench, client, opening, project, release } = await openHeld();
  await eventsOfRun(client, () => {
    release();
    return Promise.resolve();
  });
  await opening;
  await client.project.close();
  const read = openProject(project.path);
  expect(read.inputs()).toEqual(await inputsOf(bench.files));
  read.close();
});

test('a file that cannot be read through closes the field again, and names the file', async () => {
  const unreadable = new DomainFailure({ kind: 'file-unreadable', path: '/data/mosaic.fits', why: 'EIO' });
  const { client, opening, release } = await openHeld(() => Promise.reject(unreadable));
  release();
  expect(await refusalOf(opening)).toMatchObject({ kind: 'file-unreadable' });
  expect(await client.project.current()).toBeNull();
});

test('a field that is closed while its files are read through is not waited for', async () => {
  const { client, opening } = await openHeld();
  await client.project.close();
  expect(await refusalOf(opening)).toMatchObject({ kind: 'cancelled' });
  expect(await client.project.current()).toBeNull();
});
