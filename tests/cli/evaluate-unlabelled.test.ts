import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/services/model-store/load-model.ts';
import { writeTableFile } from '../../src/services/table-writers/write-table-file.ts';
import { refusalOf, runCommand } from './run-command.ts';

const SHIPPED = resolve(import.meta.dirname, '../../models');
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
/** The fifth is SISG, the sixth was left open. */
const STATUS = ['classified', 'classified', 'classified', 'classified', 'sisg', 'outside-mosaics'];
const P = [0.9, 0.7, 0.5, 0.1, Number.NaN, Number.NaN];

let folder: string;
let path: string;
const write = (modelId: string, sha256: string): Promise<void> =>
  writeTableFile(path, {
    rowCount: NAMES.length,
    columns: [
      { name: 'Source_Name', data: NAMES, repeat: 1 },
      { name: 'mc_status', data: STATUS, repeat: 1 },
      { name: 'mc_probability', data: Float64Array.from(P), repeat: 1 },
    ],
    entries: [
      { name: 'lobate_model', keyword: 'LBMODEL', value: modelId },
      { name: 'lobate_model_sha256', keyword: 'LBSHA256', value: sha256 },
    ],
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-unlabelled-'));
  path = join(folder, 'list.fits');
  await write('ours', 'a'.repeat(64));
});
afterEach(() => rmSync(folder, { recursive: true }));

const evaluate = (...options: string[]): string[] => ['evaluate', '--predictions', path, ...options];

describe('lobate evaluate without labels', () => {
  test.each([
    ['--recall', '0.9'],
    ['--subset', 'test'],
    ['--force'],
    ['--compare', 'other.fits'],
    ['--property', 'Maj'],
    ['--out', 'again.fits'],
  ])('refuses %s, which means nothing then, and writes nothing', async (...option) => {
    expect(await refusalOf(...evaluate(...option, '--report', join(folder, 'report')))).toBe(
      `${option[0]}: needs --labels.`,
    );
    expect(readdirSync(folder)).toEqual(['list.fits']);
  });

  test('says what cannot be known, counts what is flagged and what it costs, and gives no metric', async () => {
    const { out } = await runCommand(...evaluate('--threshold', '0.6', '--seconds-per-source', '90'));
    expect(out.join('\n')).toContain('cannot be known');
    // Two of the five rows with a result, the SISG row among them: three minutes.
    expect(out.join('\n')).toContain('flags 2 of 5 rows with a result: 3 minutes');
    const { json } = await runCommand(...evaluate('--json'));
    expect(json[0]).toMatchObject({ rows: 6, labels: null, card: null, inspection: { flagged: 3 } });
    expect(JSON.stringify(json[0])).not.toMatch(/"(recall|precision|rocAuc|accuracy)"/);
  });

  test('a number of sources or hours gives the threshold as it does with labels', async () => {
    const { json } = await runCommand(...evaluate('--max-sources', '1', '--json'));
    expect(json[0]!['inspection']).toMatchObject({ flagged: 1 });
    expect(json[0]!['threshold']).toBeGreaterThan(0.7);
    expect(json[0]!['threshold']).toBeLessThanOrEqual(0.9);
  });

  test('scores are counted over the rows that the network was asked about', async () => {
    const { json } = await runCommand(...evaluate('--json'));
    const { scores } = json[0]!['figures'] as Record<string, { rows: number[][]; columns: string[] }>;
    expect(scores?.columns).toEqual(['low', 'high', 'all sources']);
    expect(scores?.rows.reduce((sum, row) => sum + row[2]!, 0)).toBe(4);
  });

  test('the card of a model is told at the stated share of MC sources, and only of the very weights', async () => {
    const { description } = await loadModel(readdirSync(SHIPPED)[0], [SHIPPED]);
    await write(description.id, description.weightsSha256);
    const prevalence = 0.1;
    const { json } = await runCommand(...evaluate('--threshold', '0.5', '--prevalence', String(prevalence), '--json'));
    const rate = description.testRates!.points.find(({ threshold }) => threshold === 0.5)!;
    const found = prevalence * rate.recall;
    const flagged = found + (1 - prevalence) * rate.falsePositiveRate;
    expect(json[0]!['card']).toMatchObject({ model: description.id, prevalence, recall: rate.recall });
    const card = json[0]!['card'] as Record<string, number>;
    // To the last bits of another order of the same sums.
    expect(card['precision']).toBeCloseTo(found / flagged, 12);
    expect(card['flaggedExpected']).toBeCloseTo(4 * flagged, 10);

    await write(description.id, 'b'.repeat(64));
    expect((await runCommand(...evaluate())).out.join('\n')).toContain('with these weights is not installed');
    await write('../../etc', 'b'.repeat(64));
    expect((await runCommand(...evaluate())).out.join('\n')).toContain('is not installed');
  });

  test('the report says the same on one page, without a table of metrics', async () => {
    await runCommand(...evaluate('--report', join(folder, 'report')));
    const page = readFileSync(join(folder, 'report', 'evaluation.html'), 'utf8');
    expect(page).toContain('cannot be known');
    expect(page).toContain('id="scores"');
    expect(page).not.toContain('95 % intervals');
  });
});
