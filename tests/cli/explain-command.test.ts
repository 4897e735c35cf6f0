import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldFiles } from '../../src/contract/field-files.ts';
import { writeSmallField } from '../engine/small-field.ts';
import { lobate } from './lobate.ts';

let folder: string;
let files: FieldFiles;
const explain = (...parameters: string[]) =>
  lobate('explain', '--mosaic', files.mosaics[0]!, '--catalogue', files.catalogue, ...parameters);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lobate-explain-')));
  files = writeSmallField(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a source that the catalogue does not have is refused with what it has', () => {
  for (const source of ['ILTJ000000.00+000000.0', '#12', '-1']) {
    const { status, stdout, stderr } = explain('--source', source);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/no source ".+"; give a Source_Name, or a row from #0 to #11/);
  }
}, 60_000);

test('the command says of a source what classification gives it, and what covering its parts does', () => {
  const { status, stdout } = explain('--source', '#4', '--json');
  expect(status).toBe(0);
  const said = JSON.parse(stdout) as {
    row: number;
    probability: number;
    parts: { name: string }[];
    occlusion: { values: number[] };
    features: { name: string }[];
    orientations: { exact: number[]; random: number[] };
  };
  expect(said.row).toBe(4);
  expect(said.parts.map(({ name }) => name)).toEqual(['Image only', 'Features only', 'Without LR']);
  expect(said.occlusion.values).toHaveLength(29 ** 2);
  expect(said.features).toHaveLength(32);
  expect([said.orientations.exact.length, said.orientations.random.length]).toEqual([8, 4]);
  expect(said.orientations.exact[0]).toBeCloseTo(said.probability, 6);

  const list = join(folder, 'list.csv');
  lobate('classify', '--mosaic', files.mosaics[0]!, '--catalogue', files.catalogue, '--score-sisg', '--out', list);
  const [header, ...rows] = readFileSync(list, 'utf8').trim().split('\n');
  const at = header!.split(',').indexOf('mc_probability');
  expect(Number(rows[4]!.split(',')[at])).toBeCloseTo(said.probability, 5);
}, 120_000);
