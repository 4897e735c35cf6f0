import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../src/contract/schemas.ts';
import { textsOf } from '../../src/core/table/table.ts';
import { findColumn } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { hubCalls } from '../../src/services/samp/hub-calls.ts';
import { findHub } from '../../src/services/samp/hub-lockfile.ts';
import type { SampClient, SampPeer } from '../../src/services/samp/samp-client.ts';
import { joinHub } from '../../src/services/samp/samp-client.ts';
import type { SampMessage } from '../../src/services/samp/samp-value.ts';
import { hasPeer } from '../peers.ts';
import type { RealHub, Snooper } from '../services/samp/real-hub.ts';
import { runToEnd, sendWithJsamp, startHub, startSnooper } from '../services/samp/real-hub.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

/** Collects what the engine tells its windows, and waits for something among it. */
class Watch {
  readonly events: EngineEvent[] = [];
  readonly #checks = new Set<() => void>();

  async follow(client: Client): Promise<void> {
    const stream = await client.app.events();
    void (async () => {
      for await (const event of stream) {
        this.events.push(event);
        for (const check of this.#checks) check();
      }
    })().catch(() => undefined);
  }

  until<T extends EngineEvent['type']>(
    type: T,
    isMeant: (event: Extract<EngineEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<EngineEvent, { type: T }>> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.events.find(
          (event): event is Extract<EngineEvent, { type: T }> =>
            event.type === type && isMeant(event as Extract<EngineEvent, { type: T }>),
        );
        if (found === undefined) return;
        this.#checks.delete(check);
        resolve(found);
      };
      this.#checks.add(check);
      check();
    });
  }
}

const isComplete = (event: Extract<EngineEvent, { type: 'run-progress' }>): boolean => event.run.state === 'complete';

describe('without a hub', () => {
  test('Lobate is not connected, and says which programs bring one', async () => {
    vi.stubEnv('SAMP_HUB', 'std-lockurl:file:///nowhere/at/all');
    const bench = await startTestEngine();
    const client = await bench.connect();
    expect(await client.samp.state()).toEqual({ isConnected: false, peers: [], received: [], ended: null });
    await expect(client.samp.connect()).rejects.toMatchObject({
      data: { kind: 'samp-no-hub', sentence: expect.stringContaining('Start TOPCAT or Aladin') as string },
    });
    await expect(client.samp.send({ what: { kind: 'cutout', row: 0 } })).rejects.toMatchObject({ code: 'REFUSED' });
    expect(await client.samp.highlight({ row: 0 })).toEqual({});
    await bench.close();
    vi.unstubAllEnvs();
  });

  test.each([
    ['a hub of another machine', 'samp.secret=x\nsamp.hub.xmlrpc.url=http://example.org:80/\n'],
    ['a file that says nothing', '# a remark\n'],
    ['a hub that died and left its file', 'samp.secret=x\nsamp.hub.xmlrpc.url=http://127.0.0.1:1/\n'],
  ])('%s is not joined', async (_, lockfile) => {
    const bench = await startTestEngine();
    const path = join(bench.folder, 'lockfile');
    writeFileSync(path, lockfile);
    vi.stubEnv('SAMP_HUB', `std-lockurl:${pathToFileURL(path).href}`);
    const client = await bench.connect();
    await expect(client.samp.connect()).rejects.toMatchObject({ code: 'REFUSED' });
    expect((await client.samp.state()).isConnected).toBe(false);
    await bench.close();
    vi.unstubAllEnvs();
  });
});

describe.skipIf(!hasPeer('jsamp'))('with the hub of TOPCAT and STILTS', () => {
  let hub: RealHub;
  let bench: TestEngine;
  let client: Client;
  let watch: Watch;

  beforeAll(async () => {
    hub = await startHub();
    vi.stubEnv('SAMP_HUB', hub.environment['SAMP_HUB']);
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await hub.stop();
  });
  beforeEach(async () => {
    bench = await startTestEngine();
    client = await bench.connect();
    watch = new Watch();
    await watch.follow(client);
    await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: bench.files.catalogue });
    await watch.until('run-progress', isComplete);
    expect((await client.samp.state()).isConnected).toBe(false);
    await client.samp.connect();
  });
  afterEach(async () => {
    await bench.close();
    expect(bench.bugs).toEqual([]);
  });

  describe('and JSAMP’s own listener', () => {
    let snooper: Snooper;
    beforeEach(async () => {
      snooper = startSnooper(hub.environment);
      await vi.waitUntil(async () => (await client.samp.state()).peers.some((peer) => peer.takes.table), 30_000);
    }, 60_000);
    afterEach(() => snooper.stop());

    test('a flagged list, its rows, a cutout and a position arrive as SAMP says they should', async () => {
      const what = { kind: 'table', rows: 'flagged', threshold: 0.65 } as const;
      expect(await client.samp.send({ what })).toEqual({ to: ['Snooper'] });
      expect(await client.samp.send({ what: { kind: 'cutout', row: 4 } })).toEqual({ to: ['Snooper'] });
      await client.samp.highlight({ row: 8 });
      await client.samp.send({ what: { kind: 'selection', rows: '7,9' } });
      const printed = await snooper.until('coord.pointAt.sky', 'image.load.fits', '"2" ]');
      const urlAfter = (mtype: string): string => new RegExp(`${mtype}[^]*?(file:[^"\\s]+)`).exec(printed)![1]!;

      const table = await readTableFile(fileURLToPath(urlAfter('table.load.votable')));
      expect(textsOf(findColumn(table, 'Source_Name')!)).toEqual([7, 8, 9].map((row) => `ILTJ small ${row}`));
      expect(readFileSync(fileURLToPath(urlAfter('image.load.fits'))).toString('latin1')).toMatch(/^SIMPLE/);
      // Row 8 of the catalogue is row 8 of the catalogue's own file and row 1 of the list.
      expect(printed).toMatch(/"row": "8"/);
      expect(printed).toMatch(/"row": "1"/);
      expect(printed).toMatch(/"row-list": \[\s*"0",\s*"2"\s*\]/);
      expect(printed).toMatch(/"dec": "55\.03\d+"/);
      // DS9 takes an address for a path as it stands.
      expect(urlAfter('image.load.fits')).toMatch(/ILTJ_small_4\.fits$/);
    }, 60_000);
  });

  test('STILTS sends a table, which waits until it is asked for and then opens', async () => {
    const args = ['tpipe', `in=${bench.files.catalogue}`, 'omode=samp', 'format=fits', 'client=Lobate'];
    await runToEnd('stilts', args, hub.environment);
    await watch.until('notice', ({ message }) => message.includes('offers the table'));
    const [offer] = (await client.samp.state()).received;
    expect(offer).toMatchObject({ kind: 'table' });
    const { path, kind } = await client.samp.take({ id: offer!.id });
    expect(kind).toBe('table');
    const project = await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: path });
    expect(project.catalogue.rowCount).toBe(12);
    expect((await client.samp.state()).received).toEqual([]);
  }, 60_000);

  test.skipIf(!hasPeer('astropy'))(
    "a table of PyBDSF's outfile='SAMP', by the very calls that PyBDSF makes",
    async () => {
      // PyBDSF writes a temporary file without any ending and tells everybody where it is.
      const unnamed = join(bench.folder, 'tmpk3xq9');
      copyFileSync(bench.files.catalogue, unnamed);
      const script = join(import.meta.dirname, '..', 'services', 'samp', 'as_pybdsf.py');
      await runToEnd('/usr/bin/python3', [script, unnamed], hub.environment);
      await watch.until('notice', ({ message }) => message.includes('PyBDSF srl table'));
      const [offer] = (await client.samp.state()).received;
      const { path } = await client.samp.take({ id: offer!.id });
      expect(path).toMatch(/PyBDSF_srl_table\.fits$/);
      expect(readFileSync(path).equals(readFileSync(unnamed))).toBe(true);
      await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: path });
      expect((await client.project.current())?.catalogue.rowCount).toBe(12);
    },
    60_000,
  );

  test('JSAMP points, highlights and sends an image of this machine; one of another machine is refused', async () => {
    await sendWithJsamp(hub.environment, 'coord.pointAt.sky', { ra: '-1', dec: '50' });
    expect(await watch.until('samp-point')).toMatchObject({ raDeg: 359, decDeg: 50 });

    const url = pathToFileURL(bench.files.catalogue).href.replace('file:///', 'file://localhost/');
    await sendWithJsamp(hub.environment, 'table.highlight.row', { url, row: '5' });
    expect(await watch.until('samp-highlight')).toMatchObject({ row: 5 });

    await sendWithJsamp(hub.environment, 'image.load.fits', { url: pathToFileURL(bench.files.mosaics[0]!).href });
    await watch.until('notice', ({ message }) => message.includes('TOPCAT offers the image'));

    const refused = await sendWithJsamp(hub.environment, 'image.load.fits', { url: 'http://example.org/x.fits' });
    expect(refused).toContain('samp.error');
    await watch.until('notice', ({ message }) => message.includes('example.org is not this machine'));
    expect((await client.samp.state()).received).toHaveLength(1);

    // As TOPCAT writes the name of a file that has a blank in it.
    symlinkSync(bench.files.catalogue, join(bench.folder, 'data', 'a catalogue.fits'));
    const twice = pathToFileURL(join(bench.folder, 'data', 'a%20catalogue.fits')).href;
    expect(twice).toMatch(/a%2520catalogue/);
    await sendWithJsamp(hub.environment, 'table.highlight.row', { url: twice, row: '9' });
    expect(await watch.until('samp-highlight', ({ row }) => row === 9)).toMatchObject({ row: 9 });

    await client.session.keepSetting({ name: 'lobate-samp-hosts', text: 'archive.example.org\nexample.org' });
    await sendWithJsamp(hub.environment, 'image.load.fits', { url: 'http://example.org/x.fits' });
    // Allowed now, but tests have no network.
    await watch.until('notice', ({ message }) => message.includes('nothing can be fetched from it'));
  }, 60_000);

  describe('and a program that repeats all it hears', () => {
    let echo: SampClient;
    let heard: { readonly message: SampMessage; readonly sender: SampPeer }[];
    let arrived: () => void;
    beforeEach(async () => {
      heard = [];
      arrived = () => undefined;
      echo = await joinHub({
        metadata: { 'samp.name': 'Echo' },
        mtypes: ['table.highlight.row', 'table.select.rowList', 'table.load.votable', 'coord.pointAt.sky'],
        onMessage: async (message, sender) => {
          heard.push({ message, sender });
          if (!message.mtype.includes('load')) await echo.notifyAll(message);
          else throw new Error('full');
          arrived();
        },
        onPeers: () => undefined,
        onRefused: () => undefined,
        onEnd: () => undefined,
      });
    });
    afterEach(() => echo.close());

    test('a highlighted row goes out once, however often it comes back', async () => {
      const rowsHeard = (): readonly unknown[] =>
        heard
          .filter(({ message }) => message.mtype === 'table.highlight.row')
          .map(({ message }) => message.params['row']);
      await client.samp.highlight({ row: 3 });
      await watch.until('samp-highlight', ({ row }) => row === 3);
      // The window selects what it was told, and says so to its engine.
      await client.samp.highlight({ row: 3 });
      await client.samp.highlight({ row: 3 });
      await client.samp.highlight({ row: 6 });
      await watch.until('samp-highlight', ({ row }) => row === 6);
      expect(rowsHeard()).toEqual(['3', '6']);
    });

    test('a list goes out as VOTable to those who take no FITS, and a refusal is said', async () => {
      expect(await client.samp.send({ what: { kind: 'table', rows: 'all', threshold: 0.5 } })).toEqual({
        to: ['Echo'],
      });
      await watch.until('notice', ({ message }) => message.startsWith('Echo did not take it'));
      const [{ message }] = heard as [(typeof heard)[number]];
      expect(message.mtype).toBe('table.load.votable');
      const table = await readTableFile(fileURLToPath(message.params['url'] as string));
      expect(table.rowCount).toBe(12);
      await expect(client.samp.send({ what: { kind: 'cutout', row: 1 } })).rejects.toMatchObject({
        data: { sentence: 'SAMP: no connected program takes images.' },
      });
    });

    test('a program that crashed and is still on the hub’s list keeps the file from nobody', async () => {
      const place = await findHub(hub.environment);
      const callHub = hubCalls(place);
      const { 'samp.private-key': key } = (await callHub('register', [place.secret])) as Record<string, string>;
      await callHub('declareMetadata', [key!, { 'samp.name': 'A crashed one' }]);
      await callHub('setXmlrpcCallback', [key!, 'http://127.0.0.1:1/']);
      await callHub('declareSubscriptions', [key!, { 'table.load.votable': {} }]);
      await vi.waitUntil(async () => (await client.samp.state()).peers.length === 2, 20_000);
      expect(await client.samp.send({ what: { kind: 'table', rows: 'all', threshold: 0.5 } })).toEqual({
        to: ['Echo'],
      });
      await watch.until('notice', ({ message }) => message.startsWith('A crashed one was not reached.'));
      const crashed = (await client.samp.state()).peers.find(({ name }) => name === 'A crashed one')!;
      const what = { kind: 'table', rows: 'all', threshold: 0.5 } as const;
      await expect(client.samp.send({ what, peer: crashed.id })).rejects.toMatchObject({ code: 'REFUSED' });
      await callHub('unregister', [key!]);
    });

    test('rows of a list that was sent are the catalogue’s own when they come back', async () => {
      await client.samp.send({ what: { kind: 'table', rows: 'flagged', threshold: 0.65 } });
      // A hub delivers when it will: the call that sends is over before the list has arrived.
      await vi.waitFor(() => {
        expect(heard).not.toHaveLength(0);
      }, 10_000);
      const tableId = heard[0]!.message.params['table-id']!;
      const params = { 'table-id': tableId, 'row-list': ['2', '0', '99', 'x'] };
      await echo.notifyAll({ mtype: 'table.select.rowList', params });
      expect(await watch.until('samp-selection')).toMatchObject({ rows: [7, 9] });
    });

    test.each([
      ['a table that nobody knows', 'table.highlight.row', { 'table-id': 'other', row: '1' }],
      ['a row that is none', 'table.highlight.row', { row: '-1' }],
      ['no position', 'coord.pointAt.sky', { ra: 'x', dec: '2' }],
      ['a position off the sky', 'coord.pointAt.sky', { ra: '1', dec: '91' }],
    ])('%s moves nothing', async (_, mtype, params) => {
      const before = watch.events.length;
      await echo.notifyAll({ mtype, params });
      await echo.notifyAll({ mtype: 'coord.pointAt.sky', params: { ra: '10', dec: '20' } });
      await watch.until('samp-point', ({ raDeg }) => raDeg === 10);
      // Who is on the hub may become known meanwhile: that moves nothing either.
      const moved = watch.events
        .slice(before)
        .filter(({ type }) => type.startsWith('samp-') && type !== 'samp-changed');
      expect(moved).toHaveLength(1);
    });
  });

  test('a hub that dies is noticed, and its end is said', async () => {
    const dying = await startHub();
    vi.stubEnv('SAMP_HUB', dying.environment['SAMP_HUB']);
    await client.samp.disconnect();
    await client.samp.connect();
    await dying.kill();
    expect(await client.samp.state()).toMatchObject({ isConnected: false, ended: 'SAMP: the hub does not answer.' });
    vi.stubEnv('SAMP_HUB', hub.environment['SAMP_HUB']);
  }, 60_000);

  test('a hub that is closed says goodbye', async () => {
    const leaving = await startHub();
    vi.stubEnv('SAMP_HUB', leaving.environment['SAMP_HUB']);
    await client.samp.disconnect();
    await client.samp.connect();
    await leaving.stop();
    await vi.waitUntil(async () => !(await client.samp.state()).isConnected, 20_000);
    vi.stubEnv('SAMP_HUB', hub.environment['SAMP_HUB']);
  }, 60_000);

  test('what was sent is gone from the disk when the connection ends', async () => {
    mkdirSync(join(bench.folder, 'cache', 'sent'), { recursive: true });
    await client.samp.disconnect();
    expect(await client.samp.state()).toMatchObject({ isConnected: false, peers: [], ended: null });
  });
});
