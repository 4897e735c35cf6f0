import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rotationTable } from '../../src/core/evaluation/rotation-table.ts';
import type { RotatedSource } from '../../src/core/evaluation/rotation-spread.ts';
import type { Table, TableEntry } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { refusalOf, runCommand } from './run-command.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

const NAMES = ['left', 'right', 'single', 'bright', 'unlabelled'];
const RA = [10, 10.1, 20, 30, 40];
const DEC = [1, 1, 2, 3, 4];
const P = [0.9, 0.2, 0.1, 0.6, 0.3];
const MODEL: readonly TableEntry[] = [
  { name: 'lobate_model', keyword: 'LBMODEL', value: 'ours' },
  { name: 'lobate_model_sha256', keyword: 'LBSHA256', value: 'a'.repeat(64) },
];

const predictions = (entries: readonly TableEntry[]): Table => ({
  rowCount: NAMES.length,
  columns: [
    { name: 'Source_Name', data: NAMES, repeat: 1 },
    { name: 'RA', data: Float64Array.from(RA), repeat: 1, unit: 'deg' },
    { name: 'DEC', data: Float64Array.from(DEC), repeat: 1, unit: 'deg' },
    { name: 'mc_probability', data: Float64Array.from(P), repeat: 1 },
  ],
  entries,
});

/** P(MC) as it is, then one turn that adds `by`; the random orientation adds half of it. */
const turned = (row: number, by: number): RotatedSource => ({
  row,
  exact: Float64Array.of(P[row]!, P[row]! + by),
  random: Float64Array.of(P[row]! + by / 2),
});

const rotation = (sources: readonly RotatedSource[], entries = MODEL, from = { RA, NAMES }): Table =>
  rotationTable({ name: from.NAMES, raDeg: Float64Array.from(from.RA), decDeg: Float64Array.from(DEC) }, sources, {
    threshold: 0.5,
    angles: 1,
    seed: 1,
    entries,
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-cli-'));
  await writeTableFile(file('predictions.fits'), predictions(MODEL));
  writeFileSync(
    file('components.csv'),
    'Component_Name,Source_Name\nleft,Double\nright,Double\nsingle,single\nbright,bright\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const evaluate = (...options: string[]): string[] => [
  'evaluate',
  '--predictions',
  file('predictions.fits'),
  '--labels',
  file('components.csv'),
  ...options,
];

async function refusal(table: Table): Promise<string> {
  await writeTableFile(file('spread.fits'), table);
  const before = readdirSync(folder);
  const options = ['--rotation', file('spread.fits'), '--out', file('again.fits'), '--report', file('report')];
  const sentence = await refusalOf(...evaluate(...options));
  expect(readdirSync(folder)).toEqual(before);
  return sentence.replaceAll(`${folder}/`, '');
}

describe('lobate evaluate --rotation refuses, and writes nothing', () => {
  test('a table that is not of lobate rotate-test', async () => {
    expect(await refusal(predictions(MODEL))).toBe(
      'spread.fits: is not a table that `lobate rotate-test --out` wrote: it has no column all_lowest.',
    );
  });

  test('numbers that cannot be: P(MC) outside of its own range', async () => {
    const table = rotation([turned(0, 0.05)]);
    const columns = table.columns.map((column) =>
      column.name === 'all_lowest' ? { ...column, data: Float64Array.of(0.95) } : column,
    );
    expect(await refusal({ ...table, columns })).toContain('P(MC) of left is not within 0 ≤ all_lowest');
  });

  test('a model with other weights, by name', async () => {
    const other = [
      { ...MODEL[0]!, value: 'theirs' },
      { ...MODEL[1]!, value: 'b'.repeat(64) },
    ];
    expect(await refusal(rotation([turned(0, 0.05)], other))).toBe(
      '--rotation: spread.fits is of model theirs, the predictions are of ours, with other weights.',
    );
  });

  test('another P(MC) of the same picture, whatever the files say of the model', async () => {
    const table = rotation([turned(0, 0.05), turned(1, 0)]);
    await writeTableFile(file('predictions.fits'), {
      ...predictions([]),
      columns: predictions([]).columns.map((column) =>
        column.name === 'mc_probability' ? { ...column, data: Float64Array.of(0.9, 0.25, 0.1, 0.6, 0.3) } : column,
      ),
    });
    expect(await refusal(table)).toBe(
      '--rotation: spread.fits is of another model, other settings or other mosaics: P(MC) of 1 of 2 sources differs, ' +
        'as of right, 0.2500 in the predictions and 0.2000 there.',
    );
  });

  test('another field, even where its sources have the same names', async () => {
    const elsewhere = { RA: RA.map((ra) => ra + 5), NAMES };
    expect(await refusal(rotation([turned(0, 0.05)], MODEL, elsewhere))).toBe(
      '--rotation: none of the sources of spread.fits is in the predictions.',
    );
  });

  test('sources of which none is judged', async () => {
    expect(await refusal(rotation([turned(4, 0.05)]))).toContain('none of the sources of spread.fits is judged here');
  });
});

describe('lobate evaluate --rotation', () => {
  beforeEach(() => writeTableFile(file('spread.fits'), rotation([turned(0, 0.06), turned(3, -0.3), turned(4, 0.3)])));

  test('gives σ over all orientations of the judged sources, and counts classes at the threshold of the evaluation', async () => {
    const { json } = await runCommand(...evaluate('--rotation', file('spread.fits'), '--json'));
    // Three values a, a + d, a + d/2 have σ = |d| / √6; `unlabelled` is in no number.
    expect(json[0]!['rotation']).toMatchObject({
      file: file('spread.fits'),
      randomAngles: 1,
      sourcesOfFile: 3,
      sources: 2,
      sigmaBelow001: 0,
      sigmaFrom005: 1,
      mixed: 1,
      worst: { name: 'bright' },
    });
    const { sigmaMedian, sigmaLargest, worst } = json[0]!['rotation'] as {
      sigmaMedian: number;
      sigmaLargest: number;
      worst: { lowest: number; highest: number };
    };
    expect(sigmaMedian).toBeCloseTo(0.06 / Math.sqrt(6), 12);
    expect(sigmaLargest).toBeCloseTo(0.3 / Math.sqrt(6), 12);
    expect([worst.lowest, worst.highest]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.6, 12)]);
    const beyond = await runCommand(...evaluate('--rotation', file('spread.fits'), '--threshold', '0.95', '--json'));
    expect(beyond.json[0]).toMatchObject({ rotation: { mixed: 1, worst: { name: 'bright' } } });
  });

  test('puts the figure of the window into the report and its numbers into the JSON', async () => {
    const options = ['--rotation', file('spread.fits'), '--report', file('report'), '--json'];
    const { json } = await runCommand(...evaluate(...options));
    const figure = (json[0]!['figures'] as Record<string, { columns: string[]; rows: number[][]; caption: string }>)[
      'rotation-spread'
    ]!;
    expect(figure.columns).toEqual(['low', 'high', 'sources']);
    expect(figure.rows.reduce((sum, row) => sum + row[2]!, 0)).toBe(2);
    expect(figure.caption).toContain('the eight exact turns and mirrorings and 1 random orientation;');
    expect(figure.caption).toContain('The class of 1 of them changes at 0.5. 2 sources, 1 of them MC');
    const page = readFileSync(file('report/evaluation.html'), 'utf8');
    expect(page).toContain('<figure id="rotation-spread">');
    expect(page).toContain('Turned and mirrored: σ of P(MC) of 2 sources');
    expect(page).not.toContain('Rotation spread is not here');
  });

  test('without it the JSON has none, and the report says how to have it', async () => {
    const { json } = await runCommand(...evaluate('--report', file('report'), '--json'));
    expect(json[0]).toMatchObject({ rotation: null });
    expect(readFileSync(file('report/evaluation.html'), 'utf8')).toContain('`lobate rotate-test --out FILE`');
  });

  test.each(['csv', 'vot', 'ecsv', 'parquet'])(
    'reads the table as .%s too, with its model and its orientations',
    async (ending) => {
      await writeTableFile(file(`spread.${ending}`), await readTableFile(file('spread.fits')));
      const { json } = await runCommand(...evaluate('--rotation', file(`spread.${ending}`), '--json'));
      expect(json[0]).toMatchObject({ rotation: { randomAngles: 1, sources: 2, mixed: 1 } });
    },
  );
});

describe('properties', () => {
  const withColumns = (...columns: Table['columns']): Promise<void> =>
    writeTableFile(file('predictions.fits'), {
      ...predictions(MODEL),
      columns: [...predictions(MODEL).columns, ...columns],
    });
  const numbers = (name: string, unit: string, ...values: number[]): Table['columns'][number] => ({
    name,
    data: Float64Array.from(values),
    repeat: 1,
    unit,
  });

  test('a column that is not there, or holds no numbers, is refused before anything is written', async () => {
    const before = readdirSync(folder);
    const out = ['--report', file('report'), '--out', file('again.fits')];
    expect(await refusalOf(...evaluate(...out, '--property', 'Spectral_index'))).toContain(
      'has no column Spectral_index.',
    );
    expect(await refusalOf(...evaluate(...out, '--property', 'Source_Name'))).toContain('Source_Name');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('in degrees and Jy, as PyBDSF writes them, are told in arcsec and mJy', async () => {
    await withColumns(
      numbers('Maj', 'deg', 0.002, 0.003, 0.004, 0.005, 0.006),
      numbers('Total_flux', 'Jy', 0.001, 0.002, 0.003, 0.005, 0.006),
    );
    const { json } = await runCommand(...evaluate('--json'));
    const { figures, samples } = json[0] as {
      figures: Record<string, { rows: number[][] }>;
      samples: Record<string, { rows: number }>;
    };
    const edges = (name: string): number[] => figures[name]!.rows.flatMap(([low, high]) => [low!, high!]);
    expect(Math.min(...edges('performance-by-Maj'))).toBeCloseTo(7.2, 6);
    const highest = Math.max(...edges('performance-by-Total-flux'));
    expect(highest).toBeGreaterThanOrEqual(5);
    expect(highest).toBeLessThan(10);
    expect([samples['below4Mjy']!.rows, samples['above4Mjy']!.rows]).toEqual([3, 1]);
  });

  test('any column of numbers has a figure of its own, under its own unit', async () => {
    await withColumns(numbers('Spectral_index', '', -0.7, -0.8, 0.1, -0.2, 0));
    const { json } = await runCommand(...evaluate('--json', '--property', 'Spectral_index'));
    const { figures } = json[0] as { figures: Record<string, { caption: string; rows: unknown[] }> };
    expect(figures['performance-by-Spectral-index']!.caption).toContain('in bins of Spectral_index');
  });
});

describe('what a threshold costs', () => {
  test('sources that it flags, and the time to look at them, over every row with a result', async () => {
    const { json, out } = await runCommand(...evaluate('--seconds-per-source', '3600', '--json'));
    expect(out).toEqual([]);
    expect(json[0]).toMatchObject({
      inspection: { thresholdFrom: null, flagged: 2, ofRows: 5, secondsPerSource: 3600, hours: 2 },
      samples: { all: { prevalence: 0.5 } },
    });
    const lines = (await runCommand(...evaluate('--max-hours', '0.01'))).out.join('\n');
    expect(lines).toContain(
      'Threshold 0.2000001 (the lowest that costs at most 0.01 hours) flags 3 of 5 rows with a result: 0.5 minutes to inspect',
    );
  });

  test('a wish that cannot be met is refused by the name of its option', async () => {
    const columns = predictions(MODEL).columns.map((column) =>
      column.name === 'mc_probability' ? { ...column, data: Float64Array.of(1, 0.2, 0.1, 1, 0.3) } : column,
    );
    await writeTableFile(file('predictions.fits'), { ...predictions(MODEL), columns });
    expect(await refusalOf(...evaluate('--max-sources', '1'))).toBe(
      '--max-sources: more sources than that have P(MC) = 1.',
    );
  });
});
