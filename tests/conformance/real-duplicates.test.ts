import { beforeAll, describe, expect, test } from 'vitest';
import type { SourceCatalogue } from '../../src/core/catalogue/catalogue.ts';
import { toSourceCatalogue } from '../../src/core/catalogue/read-catalogue.ts';
import { findDuplicates } from '../../src/core/features/duplicates.ts';
import { findNeighbours } from '../../src/core/features/neighbours.ts';
import { randomStream } from '../../src/core/random/philox.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

const ARCSEC = 1 / 3600;
/** Scatter of LoTSS' positions and flux scales between two mosaics (Shimwell et al. 2017, 2019). */
const POSITION_SCATTER_ARCSEC = 0.2;
const FLUX_SCATTER = 0.1;

describe.skipIf(!hasRealdata('08_LoTSS_DR1_cutouts'))('12,093 real rows without their Mosaic_ID', () => {
  let real: SourceCatalogue;
  beforeAll(async () => {
    const path = realdataPath('08_LoTSS_DR1_cutouts', 'catalog_shimwell_reduced.srl.fits');
    real = toSourceCatalogue(await readTableFile(path), path);
  });

  test('are all distinct, and none is linked with another', () => {
    const neighbours = findNeighbours(real.raDeg, real.decDeg);
    const unnamed = { ...real, mosaicId: real.mosaicId.map(() => '') };
    expect(findDuplicates(unnamed, neighbours)).toEqual([]);
  });

  test('found again in a second mosaic, 99 of 100 are linked with themselves, and none with another', () => {
    const random = randomStream(8);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    const again = (values: Float64Array, change: (value: number, row: number) => number): Float64Array =>
      Float64Array.from([...values, ...values.map(change)]);
    const step = POSITION_SCATTER_ARCSEC * ARCSEC;
    const both = {
      rowCount: 2 * real.rowCount,
      mosaicId: new Array<string>(2 * real.rowCount).fill(''),
      raDeg: again(real.raDeg, (ra, row) => ra + (normal() * step) / Math.cos((real.decDeg[row]! * Math.PI) / 180)),
      decDeg: again(real.decDeg, (dec) => dec + normal() * step),
      totalFluxMjy: again(real.totalFluxMjy, (flux) => flux * (1 + FLUX_SCATTER * normal())),
      minArcsec: again(real.minArcsec, (width) => width),
    };
    const found = findDuplicates(both, findNeighbours(both.raDeg, both.decDeg));
    const isTrue = found.filter(({ row, other }) => other - row === real.rowCount).length;
    expect(found.length - isTrue).toBe(0);
    expect(isTrue / real.rowCount).toBeGreaterThan(0.99);
  });
});
