import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { provenanceOf } from '../../src/core/classification/provenance.ts';
import { findColumn, numbersOf, textsOf } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { refusalOf, runCommand } from './run-command.ts';

let folder: string;
let field: readonly string[];
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-cli-'));
  const { mosaics, catalogue } = writeSmallField(folder);
  field = ['--mosaic', ...mosaics, '--catalogue', catalogue, '--device', 'cpu'];
  await runCommand('classify', ...field, '--out', file('all.fits'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('no sample of nothing, and an unknown ending, are refused before the work', async () => {
  await expect(runCommand('rotate-test', ...field, '--sample', '0')).rejects.toThrow('give a whole number from 1 to');
  const before = readdirSync(folder);
  expect(await refusalOf('rotate-test', ...field, '--out', file('spread.txt'))).toContain('must end in .fits');
  expect(readdirSync(folder)).toEqual(before);
});

test('what it writes says how it was made, and is taken by an evaluation of the same model alone', async () => {
  await runCommand('rotate-test', ...field, '--angles', '2', '--out', file('spread.fits'), '--json');
  const table = await readTableFile(file('spread.fits'));
  const all = await readTableFile(file('all.fits'));
  const entry = (name: string): unknown => table.entries?.find((one) => one.name === name)?.value;
  expect(entry('LBSHA256')).toBe(all.entries?.find((one) => one.name === 'LBSHA256')?.value);
  expect([entry('LBANGLES'), entry('LBROTSED')]).toEqual([2, 1]);
  // It is no list of predictions: nothing may take it for one that can be made again.
  expect(provenanceOf(table.entries ?? [])).toBeUndefined();

  // P(MC) of the picture as it is, is what classify found for the source.
  const names = textsOf(findColumn(all, 'Source_Name')!)!;
  const found = numbersOf(findColumn(all, 'mc_probability')!)!;
  const turned = textsOf(findColumn(table, 'Source_Name')!)!;
  expect(turned.length).toBeGreaterThan(1);
  const probability = numbersOf(findColumn(table, 'mc_probability')!)!;
  turned.forEach((name, at) => expect(probability[at]).toBeCloseTo(found[names.indexOf(name)]!, 5));

  const labels = ['Source_Name,label', ...turned.map((name, at) => `${name},${at % 2 === 0 ? 'MC' : 'S'}`)];
  writeFileSync(file('labels.csv'), labels.join('\n'));
  const evaluate = ['evaluate', '--predictions', file('all.fits'), '--labels', file('labels.csv'), '--json'];
  const { json } = await runCommand(...evaluate, '--rotation', file('spread.fits'));
  expect(json[0]).toMatchObject({ rotation: { sources: turned.length, randomAngles: 2 } });

  await runCommand('rotate-test', ...field, '--model', 'compact-no-lr-sim-3', '--out', file('other.fits'), '--json');
  expect(await refusalOf(...evaluate, '--rotation', file('other.fits'))).toContain('is of model compact-no-lr-sim-3');
});

test('a sample has as many sources, each of the whole', async () => {
  await runCommand('rotate-test', ...field, '--angles', '0', '--out', file('whole.csv'), '--json');
  await runCommand('rotate-test', ...field, '--angles', '0', '--sample', '2', '--out', file('two.csv'), '--json');
  const namesOf = async (path: string): Promise<readonly string[]> =>
    textsOf(findColumn(await readTableFile(file(path)), 'Source_Name')!)!;
  const [whole, two] = [await namesOf('whole.csv'), await namesOf('two.csv')];
  expect(two).toHaveLength(2);
  expect(whole).toEqual(expect.arrayContaining([...two]));
});
