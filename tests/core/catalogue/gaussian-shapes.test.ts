import { expect, test } from 'vitest';
import { toGaussianCatalogue } from '../../../src/core/catalogue/gaussian-catalogue.ts';
import { gaussianShapes } from '../../../src/core/catalogue/gaussian-shapes.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import type { Column } from '../../../src/core/table/table.ts';

const numbers = (name: string, unit: string, data: readonly number[]): Column => ({
  name,
  unit,
  data: Float64Array.from(data),
  repeat: 1,
});
const texts = (name: string, data: readonly string[]): Column => ({ name, data, repeat: 1 });

function catalogueOf(names: readonly string[]): ReturnType<typeof toSourceCatalogue> {
  const each = (value: number): number[] => names.map(() => value);
  const columns = [
    texts('Source_Name', names),
    numbers('RA', 'deg', each(10)),
    numbers('DEC', 'deg', each(20)),
    numbers('Maj', 'arcsec', each(8)),
    numbers('Min', 'arcsec', each(6)),
    numbers('PA', 'deg', each(0)),
    numbers('Total_flux', 'mJy', each(1)),
    numbers('Peak_flux', 'mJy/beam', each(1)),
    numbers('Isl_rms', 'mJy/beam', each(0.1)),
    texts(
      'S_Code',
      names.map(() => 'M'),
    ),
  ];
  return toSourceCatalogue({ rowCount: names.length, columns }, 'a.srl.fits');
}

test('the Gaussians of a source are found wherever they stand in their file; one source may have none', () => {
  const shared = [
    texts('Source_Name', ['c', 'a', 'c', 'x']),
    numbers('Maj', 'arcsec', [5, 6, 7, 8]),
    numbers('Min', 'arcsec', [5, 5, 5, 5]),
    numbers('Total_flux', 'mJy', [1, 1, 1, 1]),
  ];
  const placed = [...shared, numbers('RA', 'deg', [1, 2, 3, 4]), numbers('DEC', 'deg', [-1, -2, -3, -4])];
  const gaussians = toGaussianCatalogue({ rowCount: 4, columns: placed }, 'a.gaul.fits');
  const shapes = gaussianShapes(catalogueOf(['a', 'b', 'c']), gaussians)!;
  expect([...shapes.start]).toEqual([0, 1, 1, 3]);
  expect([...shapes.raDeg]).toEqual([2, 1, 3]);
  expect([...shapes.majArcsec]).toEqual([6, 5, 7]);
  // No PA in the file.
  expect(shapes.paDeg[0]).toBeNaN();
  const without = toGaussianCatalogue({ rowCount: 4, columns: shared }, 'a.gaul.fits');
  expect(gaussianShapes(catalogueOf(['a', 'b', 'c']), without)).toBeUndefined();
});
