import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { labelRows } from '../../../src/core/catalogue/labels.ts';
import { findColumn, numbersOf, textsOf } from '../../../src/core/table/table.ts';
import type { Table } from '../../../src/core/table/table.ts';
import { planFields } from '../../../src/services/simulation/field-plan.ts';
import type { FieldTables } from '../../../src/services/simulation/field-tables.ts';
import { fieldTables } from '../../../src/services/simulation/field-tables.ts';
import type { SimulatedField } from '../../../src/services/simulation/simulate-field.ts';
import { simulateField } from '../../../src/services/simulation/simulate-field.ts';
import { writeField } from '../../../src/services/simulation/write-field.ts';

const quiet = (): void => undefined;
const texts = (table: Table, name: string): readonly string[] => textsOf(findColumn(table, name)!)!;
const numbers = (table: Table, name: string): Float64Array => numbersOf(findColumn(table, name)!)!;

let field: SimulatedField;
let tables: FieldTables;

beforeAll(async () => {
  field = await simulateField(planFields(42, 1, 1200)[0]!, quiet);
  tables = fieldTables(field);
}, 120_000);

describe('planning fields', () => {
  test('gives pointings of different names, well apart, the same for the same seed', () => {
    const plans = planFields(5, 12, 3000);
    expect(new Set(plans.map((plan) => plan.name)).size).toBe(12);
    expect(plans.every((plan) => /^P\d{3}\+\d{2}$/.test(plan.name))).toBe(true);
    expect(planFields(5, 12, 3000)).toEqual(plans);
    expect(planFields(6, 12, 3000)).not.toEqual(plans);
  });
});

describe('a simulated field', () => {
  test('is written byte for byte the same for the same seed', async () => {
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'lobate-simulate-')));
    try {
      for (const folder of folders) await writeField(folder, await simulateField(planFields(9, 1, 400)[0]!, quiet));
      const [first, second] = folders.map((folder) =>
        readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
      );
      expect(first).toHaveLength(4);
      expect(second).toEqual(first);
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });

  test('has no data in its corners and data in its middle', () => {
    const { side, pixels } = field.image;
    expect(pixels[0]).toBeNaN();
    expect(pixels[side * side - 1]).toBeNaN();
    expect(pixels[(side / 2) * side + side / 2]).not.toBeNaN();
  });

  test('gives every catalogue row a name of its own and positive fluxes and sizes', () => {
    const names = texts(tables.catalogue, 'Source_Name');
    expect(new Set(names).size).toBe(names.length);
    for (const name of ['Total_flux', 'Peak_flux', 'Maj', 'Min', 'Isl_rms', 'E_RA', 'E_DEC', 'E_Total_flux']) {
      expect(numbers(tables.catalogue, name).every((value) => value > 0)).toBe(true);
    }
    const maj = numbers(tables.catalogue, 'Maj');
    expect(numbers(tables.catalogue, 'Min').every((min, row) => min <= maj[row]!)).toBe(true);
  });

  test('has the columns and units of DR1, then lr and lr_dist', () => {
    const spelled = tables.catalogue.columns.map(({ name, unit }) => `${name} ${unit ?? ''}`.trim());
    expect(spelled.slice(0, 9)).toEqual([
      'Source_Name',
      'RA deg',
      'E_RA arcsec',
      'E_RA_tot arcsec',
      'DEC deg',
      'E_DEC arcsec',
      'E_DEC_tot arcsec',
      'Peak_flux beam-1 mJy',
      'E_Peak_flux beam-1 mJy',
    ]);
    expect(spelled.slice(-5)).toEqual(['S_Code', 'Mosaic_ID', 'Isl_id', 'lr', 'lr_dist arcsec']);
  });

  test('lists the Gaussians of every source, their fluxes adding up to its own', () => {
    const sums = new Map<string, number>();
    const fluxes = numbers(tables.gaussians, 'Total_flux');
    texts(tables.gaussians, 'Source_Name').forEach((name, i) => {
      sums.set(name, (sums.get(name) ?? 0) + fluxes[i]!);
    });
    const totals = numbers(tables.catalogue, 'Total_flux');
    texts(tables.catalogue, 'Source_Name').forEach((name, row) => {
      expect(sums.get(name)! / totals[row]!).toBeCloseTo(1, 9);
    });
  });

  test('labels a row MC exactly where another row shares its physical source', () => {
    const names = texts(tables.catalogue, 'Source_Name');
    const labels = labelRows(names, tables.components, 'components');
    const rowsOf = new Map<number, number>();
    for (const { truth } of field.rows) {
      const owners = truth.blend.length > 0 ? truth.blend.map(({ physical }) => physical) : [truth.dominant];
      for (const owner of owners) if (owner !== undefined) rowsOf.set(owner, (rowsOf.get(owner) ?? 0) + 1);
    }
    field.rows.forEach(({ truth }, row) => {
      const expected =
        truth.dominant === undefined
          ? 'artefact'
          : truth.blend.length === 0 && rowsOf.get(truth.dominant)! > 1
            ? 'MC'
            : 'S';
      expect(labels.labelClass[row]).toBe(expected);
    });
    expect(labels.labelClass).toContain('MC');
  });

  test('has about as many sources as DR1, 770 per square degree', () => {
    const coveredPixels = field.image.pixels.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
    const density = field.rows.length / (coveredPixels * (1.5 / 3600) ** 2);
    // ~150 rows: Poisson error 8 %, and three of those.
    expect(density).toBeGreaterThan(580);
    expect(density).toBeLessThan(960);
  });
});
