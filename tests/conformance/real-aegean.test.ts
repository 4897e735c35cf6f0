import { describe, expect, test } from 'vitest';
import { toSourceCatalogue } from '../../src/core/catalogue/read-catalogue.ts';
import { describeError } from '../../src/core/result/describe-error.ts';
import { assignMosaics } from '../../src/services/inference/assign-mosaics.ts';
import { openMosaic } from '../../src/services/fits-files/mosaic.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { errorOf } from '../expect-failure.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

const FOLDER = '02_PaulHancock_Aegean_AFL3';

describe.skipIf(!hasRealdata(FOLDER))('catalogues that Aegean wrote', () => {
  const read = async (name: string): Promise<ReturnType<typeof toSourceCatalogue>> => {
    const path = realdataPath(FOLDER, name);
    return toSourceCatalogue(await readTableFile(path), path);
  };

  test.each(['1904_comp.fits', '1904_comp_renamed_cols.fits'])(
    '%s is read in its own units, and its sources lie on its mosaic',
    async (name) => {
      const catalogue = await read(name);
      expect(catalogue.dialect).toBe('aegean');
      // The restoring beam is 864″ wide: no fitted component is smaller than some of it.
      expect(catalogue.majArcsec.every((maj) => maj > 400 && maj < 5000)).toBe(true);
      expect(catalogue.totalFluxMjy.every((flux) => Math.abs(flux) > 50 && Math.abs(flux) < 50_000)).toBe(true);
      expect(catalogue.notices.map(({ message }) => message).join(' ')).not.toContain('Check the unit');
      const mosaic = await openMosaic(realdataPath(FOLDER, '1904-66_SIN.fits'));
      try {
        const { mosaic: assigned } = await assignMosaics(catalogue, [mosaic]);
        expect(assigned.every((index) => index === 0)).toBe(true);
      } finally {
        await mosaic.close();
      }
    },
  );

  test('one without sizes is refused in one sentence', async () => {
    const path = realdataPath(FOLDER, '1904_incomplete_cat.csv');
    const table = await readTableFile(path);
    expect(describeError(errorOf(() => toSourceCatalogue(table, path)))).toContain(
      'has no column Maj, which Lobate needs. Its columns are: island, source,',
    );
  });
});
