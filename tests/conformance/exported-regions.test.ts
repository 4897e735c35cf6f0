/** Region files against astropy's regions package: the same ellipses of the sky, from either format. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crtfRegionPieces } from '../../src/core/regions/crtf-regions.ts';
import { ds9RegionPieces } from '../../src/core/regions/ds9-regions.ts';
import type { SkyRegion } from '../../src/core/regions/sky-region.ts';
import { regionEllipseOf } from '../../src/core/regions/sky-region.ts';
import { askPeer, hasPeer } from '../peers.ts';

const SHAPES = [
  { majArcsec: 12, minArcsec: 6, paDeg: 30 },
  { majArcsec: 40.25, minArcsec: 6.5, paDeg: 0 },
  { majArcsec: 9, minArcsec: 8.75, paDeg: 90 },
  { majArcsec: 120, minArcsec: 6, paDeg: 179.5 },
] as const;

const regions: readonly SkyRegion[] = SHAPES.map(({ majArcsec, minArcsec, paDeg }, k) => ({
  raDeg: 205.123456789 + k,
  decDeg: -54.987654321 + 30 * k,
  ellipse: regionEllipseOf(majArcsec, minArcsec, paDeg, 'fwhm'),
  text: `ILTJ${k} P=0.8${k}`,
  tags: ['MC'],
}));

/** Reads both files; the long axis is given by its position angle, whichever of width and height it is. */
const SCRIPT = `
import json, sys
from regions import Regions
answer = {}
for path, form in ((sys.argv[1], "ds9"), (sys.argv[2], "crtf")):
    answer[form] = [{
        "raDeg": r.center.icrs.ra.deg, "decDeg": r.center.icrs.dec.deg, "frame": r.center.frame.name,
        "majArcsec": max(r.width, r.height).to_value("arcsec"), "minArcsec": min(r.width, r.height).to_value("arcsec"),
        "paDeg": (r.angle.to_value("deg") - (90 if r.width >= r.height else 0)) % 180,
        "text": r.meta.get("text", r.meta.get("label")), "tags": r.meta.get("tag"),
    } for r in Regions.read(path, format=form)]
print(json.dumps(answer))`;

interface Found {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly frame: string;
  readonly majArcsec: number;
  readonly minArcsec: number;
  readonly paDeg: number;
  readonly text: string;
  readonly tags: readonly string[] | null;
}

describe.skipIf(!hasPeer('regions'))('astropy’s regions package', () => {
  let folder: string;
  let answer: Readonly<Record<'ds9' | 'crtf', readonly Found[]>>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lobate-regions-'));
    const options = { size: 'fwhm', software: 'Lobate 0.1.0' } as const;
    const [ds9, crtf] = [join(folder, 'a.reg'), join(folder, 'a.crtf')];
    writeFileSync(ds9, [...ds9RegionPieces(regions, options)].join(''));
    writeFileSync(crtf, [...crtfRegionPieces(regions, options)].join(''));
    answer = JSON.parse(askPeer('regions', ['-c', SCRIPT, ds9, crtf])) as typeof answer;
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['ds9', 'crtf'] as const)('finds the FWHM of every source at its place and angle in %s', (format) => {
    expect(answer[format]).toHaveLength(SHAPES.length);
    answer[format].forEach((found, k) => {
      expect(found.frame).toBe('icrs');
      // To the digits that are written: 1e-9 degrees, 1e-4 arcsec, 1e-6 degrees of angle.
      expect(Math.abs(found.raDeg - regions[k]!.raDeg)).toBeLessThan(1e-9);
      expect(Math.abs(found.decDeg - regions[k]!.decDeg)).toBeLessThan(1e-9);
      expect(Math.abs(found.majArcsec - SHAPES[k]!.majArcsec)).toBeLessThan(2e-4);
      expect(Math.abs(found.minArcsec - SHAPES[k]!.minArcsec)).toBeLessThan(2e-4);
      const turned = Math.abs(found.paDeg - SHAPES[k]!.paDeg);
      expect(Math.min(turned, 180 - turned)).toBeLessThan(1e-5);
    });
  });

  test('finds name, P(MC) and class', () => {
    expect(answer.ds9.map(({ text, tags }) => [text, tags])).toEqual(regions.map(({ text, tags }) => [text, tags]));
    expect(answer.crtf.map(({ text }) => text)).toEqual(regions.map(({ text }) => `${text} MC`));
  });
});
