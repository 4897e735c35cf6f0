import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sisgLines, sisgReportOf } from '../../src/cli/sisg.ts';
import { completeRecipe } from '../../src/core/network/recipe-fields.ts';
import { recipeOf } from '../../src/core/network/presets.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { lotssTable } from '../core/catalogue/catalogue-tables.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-sisg-'));
  // Two lobes 60″ apart, one of them small and alone enough to be SISG, and a large source far away.
  const table = lotssTable([10, 10, 11], [20, 20 + 60 / 3600, 20], {
    'Maj [arcsec]': [30, 8, 40],
    Source_Name: ['north', 'south', 'other'],
  });
  await writeTableFile(join(folder, 'srl.fits'), table);
  writeFileSync(join(folder, 'labels.csv'), 'Component_Name,Parent_Source\nnorth,double\nsouth,double\nother,other\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('lobate inspect --sisg', () => {
  test('counts what each rule takes out and the MC rows that are lost', async () => {
    const report = await sisgReportOf({
      catalogue: join(folder, 'srl.fits'),
      labels: join(folder, 'labels.csv'),
      recipe: 'compact',
    });
    expect(report).toMatchObject({ rows: 3, sisg: 1, cost: { mc: 2, lostMc: 1, recoverable: 1, lostSources: 0 } });
    expect(sisgLines(report).join('\n')).toContain('1 of 2 MC rows are lost to the gate (50.00 %)');
  });

  test('a recipe file moves the thresholds', async () => {
    const recipe = completeRecipe(recipeOf('compact'));
    const sisg = { ...recipe.features.sisg, isolationArcsec: 61 };
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify({ ...recipe, name: 'mine', features: { ...recipe.features, sisg } }));
    const report = await sisgReportOf({ catalogue: join(folder, 'srl.fits'), recipe: path });
    expect(report).toMatchObject({ recipe: 'mine', sisg: 0, cost: null });
    expect(report.rules[1]!.rule).toBe('Isolated: no other source within 61″');
  });

  const DR1 = ['08_LoTSS_DR1_cutouts', 'catalog_shimwell_reduced.srl.fits'];
  test.skipIf(!hasRealdata(...DR1))('57.96 % of 12,093 real DR1 rows are SISG', async () => {
    const report = await sisgReportOf({ catalogue: realdataPath(...DR1), recipe: 'published-2024' });
    expect([report.rows, report.sisg]).toEqual([12_093, 7009]);
  });
});
