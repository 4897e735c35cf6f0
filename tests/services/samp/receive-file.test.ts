import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceivedKind } from '../../../src/services/samp/receive-file.ts';
import { allowedAddress, receiveFile } from '../../../src/services/samp/receive-file.ts';
import { rejectionOf } from '../../expect-failure.ts';

const expectFailure = async (received: Promise<string>, kind: string): Promise<void> => {
  expect(await rejectionOf(() => received)).toMatchObject({ kind });
};

const FITS = `SIMPLE  =                    T${' '.repeat(2850)}`;
const VOTABLE = '<?xml version="1.0"?>\n<VOTABLE version="1.4"></VOTABLE>';

describe('an address that a message names', () => {
  test.each([
    ['nothing', undefined],
    ['no address', 'catalogue.fits'],
    ['another machine', 'http://example.org/x.fits'],
    ['a name that merely contains this machine', 'http://localhost.example.org/x.fits'],
    ['a number that hides another machine', 'http://2130706434:80@example.org/x.fits'],
    ['a file of another machine, whom Windows would greet with a password', 'file://server/share/x.fits'],
    ['another kind of address', 'ftp://127.0.0.1/x.fits'],
    ['a script', 'javascript:alert(1)'],
    ['data in the address', 'data:application/fits;base64,U0lNUExF'],
    ['an endless address', `http://127.0.0.1/${'x'.repeat(5000)}`],
  ])('is not followed to %s', (_, text) => {
    expect(() => allowedAddress(text, [])).toThrow(expect.objectContaining({ message: 'samp-address-refused' }));
  });

  test.each([
    'file:///data/x.fits',
    'file:/data/x.fits',
    'file://localhost/data/x.fits',
    'http://127.0.0.1:8080/x.fits',
    'http://[::1]:8080/x.fits',
    `http://${hostname()}:8080/x.fits`,
  ])('is followed on this machine: %s', (text) => {
    expect(allowedAddress(text, []).href).toBe(new URL(text).href);
  });

  test('is followed to a host that was allowed, and to no other', () => {
    expect(allowedAddress('https://archive.example.org/x.fits', ['archive.example.org']).host).toBe(
      'archive.example.org',
    );
    expect(() => allowedAddress('https://example.org/x.fits', ['archive.example.org'])).toThrow();
  });
});

describe('a file that is received', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  let copies = 0;
  const options = (kind: ReceivedKind, name = 'PyBDSF table') => ({
    kind,
    name,
    makeFolder: () => {
      const made = join(folder, `copy-${++copies}`);
      mkdirSync(made);
      return Promise.resolve(made);
    },
    mayUseInPlace: () => true,
  });
  const write = (name: string, content: string): URL => {
    writeFileSync(join(folder, name), content);
    return pathToFileURL(join(folder, name));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lobate-receive-'));
    server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { Location: 'http://example.org/x.fits' }).end();
      else if (request.url === '/x') response.end(FITS);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is used where it is, if its name says what it is', async () => {
    expect(await receiveFile(write('a.fits', FITS), options('fits'))).toBe(join(folder, 'a.fits'));
    expect(await receiveFile(write('a.vot', VOTABLE), options('votable'))).toBe(join(folder, 'a.vot'));
  });

  test('is copied under a name that says so if it has none, as PyBDSF sends it', async () => {
    const path = await receiveFile(write('tmpk3x9', FITS), options('fits'));
    expect(path).toMatch(/copy-\d+[/\\]PyBDSF_table\.fits$/);
    expect(readFileSync(path, 'latin1')).toBe(FITS);
  });

  test.each([['../../etc/passwd'], ['..\\..\\x'], ['/'], ['CON'], ['.hidden'], ['a\u0000b'], ['']])(
    'is copied nowhere else when its sender calls it %j',
    async (name) => {
      const path = await receiveFile(write('tmp', FITS), options('fits', name));
      expect(path).toMatch(/copy-\d+[/\\][\w+-][\w.+-]*\.fits$/);
    },
  );

  test('is refused where it is not what was promised, and no copy stays', async () => {
    const before = readdirSync(folder).filter((name) => name.startsWith('copy-'));
    await expectFailure(receiveFile(write('b.fits', 'root:x:0:0'), options('fits')), 'samp-address-refused');
    await expectFailure(receiveFile(write('b.vot', '<html/>'), options('votable')), 'samp-address-refused');
    await expectFailure(receiveFile(pathToFileURL(folder), options('fits')), 'samp-address-refused');
    await expectFailure(receiveFile(pathToFileURL(join(folder, 'no')), options('fits')), 'file-not-found');
    await expectFailure(receiveFile(new URL(`${origin}/x`), options('votable')), 'samp-address-refused');
    expect(readdirSync(folder).filter((name) => name.startsWith('copy-'))).toEqual(before);
  });

  test('is looked at where a link really leads', async () => {
    const secret = write('secret.txt', 'not a FITS file');
    symlinkSync(new URL(secret), join(folder, 'link.fits'));
    await expectFailure(receiveFile(pathToFileURL(join(folder, 'link.fits')), options('fits')), 'samp-address-refused');
  });

  test('comes from a web address of this machine, which may not lead elsewhere', async () => {
    expect(readFileSync(await receiveFile(new URL(`${origin}/x`), options('fits')), 'latin1')).toBe(FITS);
    await expectFailure(receiveFile(new URL(`${origin}/away`), options('fits')), 'samp-address-refused');
    await expectFailure(receiveFile(new URL(`${origin}/none`), options('fits')), 'samp-address-refused');
  });
});
