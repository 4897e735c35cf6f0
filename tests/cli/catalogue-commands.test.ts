import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../src/core/table/table.ts';
import { findColumn, numbersOf, textsOf } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { lotssTable } from '../core/catalogue/catalogue-tables.ts';
import { refusalOf, runCommand } from './run-command.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = runCommand;
const refusal = async (...parameters: string[]): Promise<string> =>
  (await refusalOf(...parameters)).replaceAll(folder, '');

describe('lobate inspect --preflight', () => {
  test('wants a file, or a field with --preflight', async () => {
    expect(await refusal('inspect')).toContain('give a file to look into');
    expect(await refusal('inspect', '--preflight', '--catalogue', file('x.fits'))).toBe(
      '--preflight: give --mosaic and --catalogue with it.',
    );
  });

  test('tells before a run what it would meet', async () => {
    const { mosaics, catalogue } = writeSmallField(folder);
    const field = ['--mosaic', ...mosaics, '--catalogue', catalogue];
    const { json } = await run('inspect', '--preflight', ...field, '--json');
    expect(json[0]).toMatchObject({ rows: 12, cutouts: { onMosaic: 10, outside: 2 }, duplicates: { pairs: 0 } });
    const { out } = await run('inspect', '--preflight', ...field);
    expect(out[0]).toBe('12 rows (lotss), 10 on a mosaic, 2 on none');
    expect(out[1]).toBe('1 mosaics: pixels 1.50″, beam 6.00″');
  });
});

describe('lobate features', () => {
  test.each([
    ['a text file named .fits', 'x.fits', 'hello', '/x.fits: is not a FITS file (it does not begin with "SIMPLE  =").'],
    [
      'a catalogue without RA',
      'x.csv',
      'DEC,Maj\n1,2\n',
      '/x.csv: has no column RA, which Lobate needs. Its columns are: DEC, Maj.',
    ],
    ['an empty table', 'x.csv', 'RA,DEC,Maj,Min,Total_flux,Peak_flux\n', '/x.csv: has no rows.'],
    ['nothing at all', 'x.csv', '', '/x.csv: is not a table: it has no header line with column names.'],
  ])('refuses %s in a sentence and writes nothing', async (_, name, content, sentence) => {
    writeFileSync(file(name), content);
    expect(await refusal('features', '--catalogue', file(name), '--out', file('out.csv'))).toContain(sentence);
    expect(readdirSync(folder)).toEqual([name]);
  });

  test('uses the columns that --map names, and refuses others in a sentence', async () => {
    await writeTableFile(file('x.fits'), lotssTable([10], [20], { 'Maj [arcsec]': [7], 'Big [arcsec]': [30] }));
    await run('features', '--catalogue', file('x.fits'), '--map', 'maj=Big', '--out', file('out.csv'));
    expect(numbersOf(findColumn(await readTableFile(file('out.csv')), 'Maj')!)).toEqual(Float64Array.of(30));
    expect(
      await refusal('features', '--catalogue', file('x.fits'), '--map', 'Maj=None', '--out', file('o.csv')),
    ).toContain('/x.fits: has no column None, which Lobate needs.');
    expect(
      await refusal('features', '--catalogue', file('x.fits'), '--map', 'Flux=Big', '--out', file('o.csv')),
    ).toContain('--map: there is no column Flux to map; there are');
  });

  test('refuses an unknown unit', async () => {
    await writeTableFile(file('x.fits'), lotssTable([10], [20], { 'Maj [furlong]': [7] }));
    expect(await refusal('features', '--catalogue', file('x.fits'), '--out', file('out.csv'))).toBe(
      '/x.fits: column Maj has the unit "furlong", which Lobate cannot convert. ' +
        'Convert it in the file, or take another column (--map).',
    );
  });

  test('refuses an unknown recipe and another extension', async () => {
    await writeTableFile(file('x.fits'), lotssTable([10], [20]));
    expect(
      await refusal('features', '--catalogue', file('x.fits'), '--out', file('o.csv'), '--recipe', 'best'),
    ).toContain('there is no feature recipe "best"');
    expect(await refusal('features', '--catalogue', file('x.fits'), '--out', file('o.txt'))).toContain(
      'must end in .fits, .vot, .csv, .ecsv or .parquet',
    );
  });

  test('writes the same numbers to CSV and to FITS', async () => {
    await writeTableFile(file('x.fits'), lotssTable([10, 10.001, 200], [20, 20, -30]));
    for (const ending of ['csv', 'fits']) {
      await run('features', '--catalogue', file('x.fits'), '--out', file(`out.${ending}`));
    }
    const csv = await readTableFile(file('out.csv'));
    const fits = await readTableFile(file('out.fits'));
    expect(csv.columns.map(({ name }) => name)).toEqual(fits.columns.map(({ name }) => name));
    for (const name of ['Source_Name', 'NN1_dist', 'log_lr_tlv', 'imputed']) {
      const values = ({ columns }: Table): readonly string[] =>
        textsOf(columns.find((column) => column.name === name)!)!;
      expect(values(csv)).toEqual(values(fits));
    }
  });
});

describe('lobate evaluate', () => {
  const predictions =
    'Source_Name,RA,DEC,mc_probability,mc_prediction,mc_status,sisg,valid_fraction,mosaic\n' +
    'left,1,1,0.9,1,classified,0,1,m\n' +
    'right,1,1,0.2,0,classified,0,1,m\n' +
    'core,1,1,,0,sisg,1,1,m\n' +
    'single,2,2,0.1,0,classified,0,1,m\n' +
    'bright,3,3,0.6,1,classified,0,1,m\n' +
    'away,4,4,,,outside-mosaics,0,,\n' +
    'noise,5,5,0.7,1,classified,0,1,m\n';
  const labels =
    'Component_Name,Source_Name,Deblended_from\n' +
    'left,Triple,\nright,Triple,\ncore,Triple,\nsingle,single,\nbright,bright,\naway,away,\n';
  beforeEach(() => {
    writeFileSync(file('predictions.csv'), predictions);
    writeFileSync(file('components.csv'), labels);
  });
  const files = (): string[] => ['--predictions', file('predictions.csv'), '--labels', file('components.csv')];

  test('refuses predictions without probabilities and labels of another field', async () => {
    writeFileSync(file('none.csv'), 'Source_Name,RA\nleft,1\n');
    expect(await refusal('evaluate', '--predictions', file('none.csv'), '--labels', file('components.csv'))).toBe(
      '/none.csv: has no column mc_probability.',
    );
    writeFileSync(file('other.csv'), 'Component_Name,Source_Name\nx,y\n');
    expect(await refusal('evaluate', '--predictions', file('predictions.csv'), '--labels', file('other.csv'))).toBe(
      '/other.csv: cannot be used as labels: none of its components is a row of the catalogue.',
    );
  });

  test('states the ROC AUC over non-SISG rows, counts before and after correction, and open rows apart', async () => {
    const { json, notes } = await run('evaluate', ...files(), '--json');
    // MC scores 0.9 and 0.2 against S scores 0.1 and 0.6: three of four pairs are in order.
    expect(json[0]).toMatchObject({
      threshold: 0.5,
      curves: { rocAuc: { value: 0.75 }, averagePrecision: { value: (1 + 2 / 3) / 2 } },
      rows: 7,
      mc: 3,
      s: 3,
      artefacts: 1,
      withoutResult: { total: 1, mc: 0, byStatus: { 'outside-mosaics': 1 } },
      samples: {
        all: {
          recovered: 2,
          uncorrected: {
            truePositive: 1,
            falsePositive: 1,
            falseNegative: 2,
            trueNegative: 1,
            recall: { value: 1 / 3 },
          },
          corrected: { truePositive: 3, falsePositive: 1, falseNegative: 0, trueNegative: 1, recall: { value: 1 } },
          correctedRecoveredLeftOut: { truePositive: 1, falsePositive: 1, falseNegative: 0, trueNegative: 1 },
        },
        nonSisg: { uncorrected: { truePositive: 1, falseNegative: 1 } },
        sisg: { uncorrected: { falseNegative: 1, precision: { value: null, reason: 'no row is flagged' } } },
      },
      trainingRowsScored: 0,
      dataset: { unknown: 7 },
    });
    expect(notes).toEqual([]);
  });

  test('joins components of other names by the positions of the predictions, and says how many', async () => {
    const named = 'left,Triple,1,1\nright,Triple,1,1\ncore,Triple,1,1\nsingle,single,2,2\n';
    writeFileSync(file('components.csv'), `Component_Name,Source_Name,RA,DEC\n${named}elsewhere,elsewhere,3,3.00001\n`);
    const { json } = await run('evaluate', ...files(), '--json');
    expect(json[0]).toMatchObject({
      mc: 3,
      s: 2,
      join: { fileRows: 5, joinedRows: 5, sourcesByName: 4, sourcesByPosition: 1, sourcesWithout: 2 },
    });
    expect((await run('evaluate', ...files())).out.join('\n')).toContain('4 by name, 0 by Source_id, 1 by position');
  });

  test('says so where the predictions were made at another threshold', async () => {
    writeFileSync(file('predictions.csv'), predictions.replace('0.2,0', '0.2,1'));
    expect((await run('evaluate', ...files())).notes[0]).toContain('give --threshold');
    expect((await run('evaluate', ...files(), '--threshold', '0.2')).notes).toEqual([]);
  });

  test('refuses rows that the model was trained on, unless forced, and then says so', async () => {
    const [header, ...rows] = predictions.trim().split('\n');
    const codes = [1, 2, 0, 3, 0, 0, 0];
    const dataset = [`${header},mc_dl_dataset`, ...rows.map((row, at) => `${row},${codes[at]}`)].join('\n');
    writeFileSync(file('predictions.csv'), dataset);
    expect(await refusal('evaluate', ...files())).toContain(
      '2 of these rows were used to train this model (mc_dl_dataset 1 or 3)',
    );
    const forced = await run('evaluate', ...files(), '--force');
    expect(forced.out[0]).toContain('INCLUDES 2 ROWS THAT THE MODEL WAS TRAINED ON');
    const { json } = await run('evaluate', ...files(), '--subset', 'held-out', '--json');
    expect(json[0]).toMatchObject({ trainingRowsScored: 0, subset: 'held-out', samples: { all: { rows: 3, mc: 2 } } });
  });

  test('refuses a subset where nothing says what the model saw', async () => {
    expect(await refusal('evaluate', ...files(), '--subset', 'test')).toContain('has a column mc_dl_dataset');
  });

  test('takes a threshold from what it may cost, and refuses a recall beyond 1', async () => {
    const at = async (...options: string[]): Promise<unknown> =>
      ((await run('evaluate', ...files(), '--json', ...options)).json[0] as { threshold: number }).threshold;
    expect(await at('--recall', '1')).toBe(0.9);
    expect(await at('--max-sources', '2')).toBeCloseTo(0.6, 6);
    expect(await at('--max-hours', '1', '--seconds-per-source', '3600')).toBeCloseTo(0.7, 6);
    await expect(run('evaluate', ...files(), '--recall', '2')).rejects.toThrow('give a number from 0 to 1');
  });

  test('writes a page that needs nothing but itself, with names from files as text', async () => {
    writeFileSync(file('<b>&.csv'), predictions);
    await run(
      'evaluate',
      '--predictions',
      file('<b>&.csv'),
      '--labels',
      file('components.csv'),
      '--report',
      file('out'),
    );
    const page = readFileSync(file('out/evaluation.html'), 'utf8');
    expect(page).toContain('&lt;b&gt;&amp;.csv');
    expect(page).not.toContain('<b>');
    expect(page).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<figure /g)!.length).toBeGreaterThanOrEqual(7);
    expect(page.match(/<svg/g)!.length).toBe(page.match(/<figure /g)!.length);
  });

  test('compares two tables of predictions on the rows that both have', async () => {
    writeFileSync(
      file('other.csv'),
      predictions.replace('right,1,1,0.2,0', 'right,1,1,0.8,1').replace('0.6,1', '0.4,0'),
    );
    const { json } = await run('evaluate', ...files(), '--compare', file('other.csv'), '--json');
    expect(json[0]).toMatchObject({
      comparison: {
        mode: 'corrected',
        rows: 5,
        curves: { rocAuc: { first: { value: 0.75 }, second: { value: 1 }, difference: { value: -0.25 } } },
        mcNemar: { onlyFirst: 0, onlySecond: 1, pValue: { value: 1 } },
        flipped: ['right', 'bright'],
      },
    });
  });

  test('refuses a comparison on rows that the other model was trained on, unless forced, and then marks it', async () => {
    const [header, ...rows] = predictions.trim().split('\n');
    const dataset = [`${header},mc_dl_dataset`, ...rows.map((row, at) => `${row},${at === 4 ? 1 : 2}`)].join('\n');
    writeFileSync(file('other.csv'), dataset);
    const compared = [...files(), '--compare', file('other.csv')];
    expect(await refusal('evaluate', ...compared)).toContain(
      'other.csv: 1 of these rows were used to train this model',
    );
    const { json } = await run('evaluate', ...compared, '--force', '--json');
    expect(json[0]).toMatchObject({ comparison: { trainingRowsScored: 1 } });
    expect((await run('evaluate', ...compared, '--force')).out.join('\n')).toContain(
      'Includes 1 rows that one of the models was trained on',
    );
  });

  test('gives the numbers of every figure as JSON, both curves of a comparison among them, and puts it into the page', async () => {
    writeFileSync(file('other.csv'), predictions.replace('0.6,1', '0.4,0'));
    const { json } = await run(
      'evaluate',
      ...files(),
      '--compare',
      file('other.csv'),
      '--report',
      file('out'),
      '--json',
    );
    const { figures } = json[0] as {
      figures: Record<string, { columns: string[]; rows: unknown[][]; caption: string }>;
    };
    for (const name of [
      'threshold-metrics',
      'roc',
      'precision-recall',
      'confusion-matrices',
      'scores',
      'calibration',
    ]) {
      expect(figures[name]!.rows.length, name).toBeGreaterThan(0);
      expect(figures[name]!.rows.every((row) => row.length === figures[name]!.columns.length)).toBe(true);
    }
    expect(new Set(figures['roc-compared']!.rows.map(([curve]) => curve))).toEqual(new Set(['first', 'other.csv']));
    const page = readFileSync(file('out/evaluation.html'), 'utf8');
    expect(page).toContain('Compared with');
    expect(page).toContain('McNemar: ');
    expect(page).toContain('too few MC sources for an interval (n = 1)');
  });

  test('writes code 2 for recovered rows, and leaves everything else as it was', async () => {
    await run('evaluate', ...files(), '--out', file('out.csv'));
    const expected = predictions.replace('0.2,0,', '0.2,2,').replace('core,1,1,,0,', 'core,1,1,,2,');
    expect(readFileSync(file('out.csv'), 'utf8')).toBe(expected);
  });
});

describe('lobate inspect', () => {
  test('tells the columns of a table with their units', async () => {
    await writeTableFile(file('x.fits'), lotssTable([10], [20]));
    const { out } = await run('inspect', file('x.fits'));
    expect(out.join('\n')).toContain('binary-table, 1 rows, 8 columns');
    expect(out.join('\n')).toContain('Maj  D  [arcsec]');
  });

  test('refuses what is no FITS file', async () => {
    writeFileSync(file('x.fits'), 'hello');
    expect(await refusal('inspect', file('x.fits'))).toContain('/x.fits: is not a FITS file');
  });
});
