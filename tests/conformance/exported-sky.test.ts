/** Regions, coverage and cutouts against DS9, STILTS and astropy. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeWindow } from '../../src/core/cutout/make-cutout.ts';
import { ds9RegionPieces, parseDs9Regions } from '../../src/core/regions/ds9-regions.ts';
import type { SkyRegion } from '../../src/core/regions/sky-region.ts';
import { regionEllipseOf } from '../../src/core/regions/sky-region.ts';
import { degrees } from '../../src/core/units/quantities.ts';
import { cutoutFitsBytes } from '../../src/services/export/cutout-fits.ts';
import { fieldMoc } from '../../src/services/export/field-moc.ts';
import { greyPng } from '../../src/services/export/png.ts';
import { openMosaic } from '../../src/services/fits-files/mosaic.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { askPeer, hasPeer } from '../peers.ts';

let folder: string;
let mosaicPath: string;
const file = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-sky-'));
  mosaicPath = writeSmallField(folder).mosaics[0]!;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasPeer('stilts'))('the coverage map', () => {
  test('STILTS finds a position in it exactly where the mosaic has a pixel', async () => {
    const mosaic = await openMosaic(mosaicPath);
    const table = await fieldMoc([mosaic], '0.1.0');
    await writeTableFile(file('moc.fits'), table);
    const positions = [];
    for (let x = -100; x <= 400; x += 50) {
      for (let y = -100; y <= 400; y += 50) {
        const sky = mosaic.wcs.pixelToSky(x + 0.5, y + 0.5)!;
        positions.push({
          ra: sky.ra,
          dec: sky.dec,
          inside: x >= 0 && x < 300 && y >= 0 && y < 300,
          far: Math.max(-x, -y, x - 300, y - 300) > 60,
        });
      }
    }
    await mosaic.close();
    writeFileSync(file('p.csv'), `ra,dec\n${positions.map(({ ra, dec }) => `${ra},${dec}`).join('\n')}\n`);
    const answer = askPeer('stilts', [
      'tpipe',
      `in=${file('p.csv')}`,
      'ifmt=csv',
      `cmd=addcol held "inMoc(\\"${file('moc.fits')}\\",ra,dec)"`,
      'cmd=keepcols held',
      'out=-',
      'ofmt=csv-noheader',
    ]);
    const held = answer
      .trim()
      .split('\n')
      .map((line) => line === 'true');
    expect(held.length).toBe(positions.length);
    positions.forEach(({ inside, far }, index) => {
      if (inside) expect(held[index]).toBe(true);
      // A cell that the field only reaches into counts whole: up to a cell's diagonal outside.
      if (far) expect(held[index]).toBe(false);
    });
  }, 60_000);
});

describe.skipIf(!hasPeer('astropy'))('a cutout', () => {
  test('astropy puts every one of its pixels where the mosaic has it, with the same value', async () => {
    const mosaic = await openMosaic(mosaicPath);
    const pixel = mosaic.wcs.skyToPixel({ ra: degrees(205.01), dec: degrees(55.02) })!;
    const window = placeWindow(pixel, 128);
    const pixels = await mosaic.readPixels(window);
    writeFileSync(file('cutout.fits'), cutoutFitsBytes(mosaic, window, pixels, 'Lobate 0.1.0', 'a source'));
    await mosaic.close();
    const script = `
import json, sys, numpy as np
from astropy.io import fits
from astropy.wcs import WCS
cut, whole = fits.open(sys.argv[1])[0], fits.open(sys.argv[2])[0]
x, y = np.meshgrid(np.arange(0, 128, 7), np.arange(0, 128, 9))
ra, dec = WCS(cut.header).all_pix2world(x, y, 0)
wx, wy = WCS(whole.header).all_world2pix(ra, dec, 0)
dx, dy = ${window.x}, ${window.y}
inside = (wx > -0.5) & (wx < 299.5) & (wy > -0.5) & (wy < 299.5)
values = whole.data[np.rint(wy[inside]).astype(int), np.rint(wx[inside]).astype(int)]
print(json.dumps({
  "shift": float(max(np.abs(wx - x - dx).max(), np.abs(wy - y - dy).max())),
  "same": bool(np.array_equal(cut.data[y[inside], x[inside]], values)),
  "blank": bool(np.isnan(cut.data[y[~inside], x[~inside]]).all()),
  "unit": cut.header["BUNIT"], "object": cut.header["OBJECT"], "verified": len(fits.open(sys.argv[1])[0].verify("ignore") or []),
}))`;
    const answer = JSON.parse(askPeer('astropy', ['-c', script, file('cutout.fits'), mosaicPath])) as { shift: number };
    expect(answer).toMatchObject({ same: true, blank: true, unit: 'JY/BEAM', object: 'a source' });
    // Rounding of two projections in double precision [pixel].
    expect(answer.shift).toBeLessThan(1e-8);
  }, 60_000);

  test('a picture has north up: the highest FITS row comes first', () => {
    const png = greyPng(Float32Array.of(0, 0.5, 1, 2), 2, 2, { Title: 'x' });
    writeFileSync(file('p.png'), png);
    const script = `
import binascii, json, struct, sys, zlib
data, at, chunks = open(sys.argv[1], "rb").read(), 8, {}
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    assert struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == binascii.crc32(kind + body)
    chunks[kind.decode()] = body
    at += 12 + size
print(json.dumps([list(struct.unpack(">II", chunks["IHDR"][:8])), list(zlib.decompress(chunks["IDAT"]))]))`;
    // Each row begins with its filter, 0.
    expect(JSON.parse(askPeer('astropy', ['-c', script, file('p.png')]))).toEqual([
      [2, 2],
      [0, 255, 255, 0, 0, 128],
    ]);
  });
});

describe.skipIf(!hasPeer('ds9'))('DS9', () => {
  test('reads our ellipses and writes them back unchanged', () => {
    const regions: SkyRegion[] = Array.from({ length: 6 }, (_, k) => ({
      raDeg: 205 + 0.01 * k,
      decDeg: 55 - 0.008 * k,
      ellipse: regionEllipseOf(12 + k, 6, 30 * k, 'fwhm'),
      text: `ILTJ${k} P=0.8${k}`,
      tags: ['MC'],
    }));
    writeFileSync(file('ours.reg'), [...ds9RegionPieces(regions, { size: 'fwhm', software: 'Lobate 0.1.0' })].join(''));
    const answer = spawnSync(
      'xvfb-run',
      [
        '-a',
        'ds9',
        '-fits',
        mosaicPath,
        '-regions',
        'load',
        file('ours.reg'),
        '-regions',
        'system',
        'wcs',
        '-regions',
        'sky',
        'icrs',
        '-regions',
        'skyformat',
        'degrees',
        '-regions',
        'save',
        file('theirs.reg'),
        '-exit',
      ],
      { encoding: 'utf8', timeout: 90_000 },
    );
    expect(answer.status, answer.stderr).toBe(0);
    const back = parseDs9Regions(readFileSync(file('theirs.reg'), 'utf8'), 'theirs.reg').regions;
    expect(back.map(({ text, tags }) => [text, tags])).toEqual(regions.map(({ text, tags }) => [text, tags]));
    back.forEach((found, index) => {
      const wanted = regions[index]!;
      // DS9 8 writes 7 decimals of a degree, 3 of an arcsecond, and its angles to about 1e-4 degrees.
      expect(Math.abs(found.raDeg - wanted.raDeg)).toBeLessThan(1e-7);
      expect(Math.abs(found.decDeg - wanted.decDeg)).toBeLessThan(1e-7);
      expect(Math.abs(found.ellipse!.radiusAlongArcsec - wanted.ellipse!.radiusAlongArcsec)).toBeLessThan(1e-3);
      expect(Math.abs(found.ellipse!.radiusAcrossArcsec - wanted.ellipse!.radiusAcrossArcsec)).toBeLessThan(1e-3);
      const turned = Math.abs(found.ellipse!.paDeg - wanted.ellipse!.paDeg) % 180;
      expect(Math.min(turned, 180 - turned)).toBeLessThan(1e-3);
    });
  }, 120_000);
});
