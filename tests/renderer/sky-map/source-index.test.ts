import { describe, expect, test } from 'vitest';
import { buildSkyCells } from '../../../src/renderer/sky-map/sky-cells.ts';
import { buildSourceIndex } from '../../../src/renderer/sky-map/source-index.ts';
import type { SourceLayerData } from '../../../src/renderer/sky-map/sky-map-types.ts';
import { projectionOf, screenOf, unitVector } from '../../../src/renderer/sky-map/view-projection.ts';
import type { ViewProjection } from '../../../src/renderer/sky-map/view-projection.ts';

const RADIANS = Math.PI / 180;

function catalogue(
  rows: readonly (readonly [ra: number, dec: number, maj: number, min: number, pa: number])[],
): SourceLayerData {
  return {
    rowCount: rows.length,
    raDeg: Float64Array.from(rows, ([ra]) => ra),
    decDeg: Float64Array.from(rows, ([, dec]) => dec),
    majArcsec: Float32Array.from(rows, ([, , maj]) => maj),
    minArcsec: Float32Array.from(rows, ([, , , min]) => min),
    paDeg: Float32Array.from(rows, ([, , , , pa]) => pa),
    sisg: new Uint8Array(rows.length),
  };
}

function indexOf(rows: Parameters<typeof catalogue>[0]) {
  const sources = catalogue(rows);
  return buildSourceIndex(sources, buildSkyCells(sources.raDeg, sources.decDeg));
}

/** North up, east left, `pxPerArcsec` at the middle of the screen, (0, 0). */
function viewAt(raDeg: number, decDeg: number, pxPerArcsec: number): ViewProjection {
  const scale = (pxPerArcsec * 3600) / RADIANS;
  return projectionOf(raDeg, decDeg, 0.1, (ra, dec) => {
    const offset = (ra - raDeg) * RADIANS;
    const [sin0, cos0] = [Math.sin(decDeg * RADIANS), Math.cos(decDeg * RADIANS)];
    const [sin, cos] = [Math.sin(dec * RADIANS), Math.cos(dec * RADIANS)];
    const depth = sin0 * sin + cos0 * cos * Math.cos(offset);
    return [(-scale * cos * Math.sin(offset)) / depth, (-scale * (cos0 * sin - sin0 * cos * Math.cos(offset))) / depth];
  })!;
}

const all = { withEllipses: true, isVisible: () => true };

describe('picking', () => {
  test('an empty catalogue has nothing to pick', () => {
    expect(indexOf([]).pick(viewAt(10, 20, 1), 0, 0, all)).toBeUndefined();
  });

  test('a point in a large ellipse picks it, though a small source is nearer than its centre but out of reach', () => {
    const index = indexOf([
      [10, 20, 120, 30, 0],
      [10 - 0.012, 20 + 0.012, 6, 6, 0],
    ]);
    const view = viewAt(10, 20, 2);
    // 40″ north of the large one’s centre: inside its 60″ semi-axis.
    expect(index.pick(view, 0, -80, all)).toBe(0);
    // 40″ east: outside its 15″ semi-axis, and nothing within 8 pixels.
    expect(index.pick(view, -80, 0, all)).toBeUndefined();
    // Far out only the distance from the centre counts.
    expect(index.pick(view, 0, -80, { ...all, withEllipses: false })).toBeUndefined();
  });

  test('of two ellipses around the pointer the one with the nearer centre is picked', () => {
    const index = indexOf([
      [10, 20, 120, 120, 0],
      [10, 20 + 30 / 3600, 20, 20, 0],
    ]);
    expect(index.pick(viewAt(10, 20, 1), 0, -28, all)).toBe(1);
    expect(index.pick(viewAt(10, 20, 1), 0, -8, all)).toBe(0);
  });

  test('within 8 pixels of a small source is near enough, beyond is not; a hidden row is not there', () => {
    const index = indexOf([[10, 20, 2, 2, 0]]);
    const view = viewAt(10, 20, 1);
    expect(index.pick(view, 7.5, 0, all)).toBe(0);
    expect(index.pick(view, 8.5, 0, all)).toBeUndefined();
    expect(index.pick(view, 0, 0, { ...all, isVisible: () => false })).toBeUndefined();
  });

  test.each([
    ['across right ascension 0°', 0.0005, 359.9995, 12, 12],
    ['beside the north pole', 200, 20, 89.9995, 89.9995],
    ['beside the south pole', 200, 350, -89.999, -89.9995],
  ])('sources are found %s', (_, raA, raB, decA, decB) => {
    const index = indexOf([
      [raA, decA, 6, 6, 0],
      [raB, decB, 6, 6, 0],
    ]);
    const view = viewAt(raA, decA, 3);
    for (const [row, ra, dec] of [
      [0, raA, decA],
      [1, raB, decB],
    ] as const) {
      const { x, y } = screenOf(view, unitVector(ra, dec))!;
      expect(index.pick(view, x, y, all)).toBe(row);
    }
  });
});
