import { expect, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import type { EngineEvent, FieldSky } from '../../src/contract/schemas.ts';
import { DomainFailure } from '../../src/core/result/failure.ts';
import { openField } from '../../src/services/inference/open-field.ts';
import { deferred } from './deferred.ts';
import { refusalOf, requestOf, start } from './engine-benches.ts';
import type { Client } from './test-engine.ts';

/** Opens the small field, whose catalogue is read only when the test says so, or never where it fails. */
async function openHeld(failure?: DomainFailure) {
  const released = deferred();
  const bench = await start({
    fakes: {
      async openField(...asked: Parameters<typeof openField>) {
        await released.promise;
        if (failure !== undefined) throw failure;
        return openField(...asked);
      },
    },
  });
  const client = await bench.connect();
  const opening = client.project.open(requestOf(bench));
  opening.catch(() => undefined);
  return { bench, client, opening, release: () => released.resolve(undefined) };
}

/** Events from now on until one is what is asked for. */
async function untilEvent(
  client: Client,
  isWanted: (event: EngineEvent) => boolean,
  whenListening: () => void = () => undefined,
): Promise<readonly EngineEvent[]> {
  const seen: EngineEvent[] = [];
  const events = await client.app.events();
  whenListening();
  for await (const event of events) {
    seen.push(event);
    if (isWanted(event)) return seen;
  }
  throw new Error('the engine ended');
}

const skiesOf = (events: readonly EngineEvent[]): readonly (FieldSky | null)[] =>
  events.flatMap((event) => (event.type === 'opening-sky' ? [event.sky] : []));

test('the mosaics can be seen before the catalogue is read, also in a window that comes in the middle of it', async () => {
  const { bench, client, opening, release } = await openHeld();
  await untilEvent(client, ({ type }) => type === 'opening-sky');
  const late = await bench.connect();
  const [sky] = skiesOf(await untilEvent(late, ({ type }) => type === 'opening-sky'));
  expect(await late.project.current()).toBeNull();

  const Cookie = await bench.signIn();
  const { hipsKey, raDeg, decDeg, fovDeg } = sky!;
  const view = `key=${hipsKey}&ra=${raDeg}&dec=${decDeg}&fov=${fovDeg}&width=20&height=20`;
  expect((await bench.get(`${paths.glimpse}?${view}`, { Cookie })).status).toBe(200);
  expect((await bench.get(`${paths.glimpse}?${view.replace(hipsKey, 'another')}`, { Cookie })).status).toBe(404);
  const properties = await bench.get(`${paths.hips}${hipsKey}/properties`, { Cookie });
  expect(properties.body.toString()).toContain('small');

  const rest = untilEvent(late, (event) => event.type === 'opening-sky' && event.sky === null, release);
  const project = await opening;
  expect(project.sky).toEqual(sky);
  // The picture goes when the field itself is there.
  const types = (await rest).map(({ type }) => type);
  expect(types.indexOf('project-changed')).toBeGreaterThan(-1);
  expect(types.indexOf('project-changed')).toBeLessThan(types.length - 1);
});

test('the mosaics of a field whose catalogue is refused are not seen any longer', async () => {
  const refused = new DomainFailure({ kind: 'file-not-found', path: '/data/gone.fits' });
  const { bench, client, opening, release } = await openHeld(refused);
  const [sky] = skiesOf(await untilEvent(client, ({ type }) => type === 'opening-sky'));
  const events = untilEvent(client, (event) => event.type === 'opening-sky' && event.sky === null, release);
  expect(await refusalOf(opening)).toMatchObject({ kind: 'file-not-found' });
  await events;
  expect(await client.project.current()).toBeNull();
  const Cookie = await bench.signIn();
  const { status } = await bench.get(`${paths.hips}${sky!.hipsKey}/properties`, { Cookie });
  expect(status).toBe(404);
  // A window that comes now hears nothing of it.
  const later = await bench.connect();
  const heard = await untilEvent(
    later,
    ({ type }) => type === 'notice',
    () => bench.engine.notify({ type: 'notice', level: 'info', message: 'the end of what is heard' }),
  );
  expect(skiesOf(heard)).toEqual([]);
});
