import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCutout, placeWindow } from '../../../src/core/cutout/make-cutout.ts';
import { computeFeatures } from '../../../src/core/features/compute-features.ts';
import { toNetworkInput } from '../../../src/core/network/network-input.ts';
import type { Explanation } from '../../../src/contract/explanation-schemas.ts';
import { explainSource } from '../../../src/services/explanation/explain-source.ts';
import type { ExplainedField } from '../../../src/services/explanation/explained-field.ts';
import { explainableRows, openExplainedField, pictureOf } from '../../../src/services/explanation/explained-field.ts';
import { borrowedRows } from '../../../src/services/explanation/feature-attribution.ts';
import { rotationSpreadsOf } from '../../../src/services/explanation/rotation-spreads.ts';
import { hiddenValuesOf, similarTo } from '../../../src/services/explanation/similar-sources.ts';
import { whatIf } from '../../../src/services/explanation/what-if.ts';
import { rotateTest } from '../../../src/services/inference/rotate-test.ts';
import { rejectionOf } from '../../expect-failure.ts';
import { writeSmallField } from '../../engine/small-field.ts';

/** Probabilities of one batch against another: onnxruntime's last bits depend on the companions of a row. */
const BATCH_DIGITS = 5;

/** A thousand passes of the network, on a machine that does other things too. */
const SLOW_MS = 120_000;

const MODEL = join(import.meta.dirname, '..', '..', '..', 'models', 'compact-sim-4');
const NO_CHANGE = { withoutNeighbours: [], features: [], shiftPix: { x: 0, y: 0 } };

let folder: string;
let explained: ExplainedField;
let row: number;
let why: Explanation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-explain-'));
  explained = await openExplainedField(writeSmallField(folder), MODEL);
  row = explainableRows(explained)[2]!;
  why = await explainSource(explained, row);
}, SLOW_MS);
afterAll(async () => {
  await explained.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The input of a row as classification makes it, by its own way from the mosaic. */
async function classified(at: number, shift = 0) {
  const { field, assignment, model } = explained;
  const position = { x: assignment.x[at]! + shift, y: assignment.y[at]! };
  const { cutout } = model.description.recipe;
  const window = await field.mosaics[assignment.mosaic[at]!]!.readPixels(placeWindow(position, cutout.windowSidePix));
  return toNetworkInput([makeCutout(window, cutout)], [at], field.features, model.description.moments);
}

const probabilityOf = async (input: Awaited<ReturnType<typeof classified>>): Promise<number> =>
  (await explained.session.probabilities(input))[0]!;

describe('why a source has its P(MC)', () => {
  test('each number is that of the model itself, made again one by one', async () => {
    const input = await classified(row);
    const own = await probabilityOf(input);
    expect(why.probability).toBeCloseTo(own, BATCH_DIGITS);

    const blank = { ...input, images: new Float32Array(input.images.length) };
    expect(why.parts.find(({ name }) => name === 'Features only')?.probability).toBeCloseTo(
      await probabilityOf(blank),
      BATCH_DIGITS,
    );

    // As in the rows that it was trained on without features: each at its mean, 0 as the network takes it.
    const without = { ...input, features: new Float32Array(input.features.length) };
    const imageOnly = why.parts.find(({ name }) => name === 'Image only');
    expect(imageOnly?.how).toMatch(/withheld, as in 30 % of the rows/);
    expect(imageOnly?.probability).toBeCloseTo(await probabilityOf(without), BATCH_DIGITS);

    // A patch in the middle and the one in the last corner.
    const { occlusion } = why;
    expect(occlusion).toMatchObject({ side: 29, patchPix: 16, stridePix: 4 });
    expect(occlusion?.values).toHaveLength(841);
    for (const [patchX, patchY] of [
      [14, 13],
      [28, 28],
    ] as const) {
      const images = input.images.slice();
      for (let channel = 0; channel < 3; channel++) {
        for (let y = 0; y < 128; y++) {
          for (let x = 0; x < 128; x++) {
            const isCovered = x >= 4 * patchX && x < 4 * patchX + 16 && y >= 4 * patchY && y < 4 * patchY + 16;
            if (isCovered) images[(channel * 128 + y) * 128 + x] = 0;
          }
        }
      }
      const value = own - (await probabilityOf({ ...input, images }));
      expect(occlusion?.values[patchY * 29 + patchX]).toBeCloseTo(value, BATCH_DIGITS);
    }
  });

  test('the effect of a feature is the mean over the sources whose value it borrows', async () => {
    const { names, values } = explained.field.features;
    const { mean, deviation } = explained.model.description.moments!;
    expect(explained.model.description.recipe.features.scaling).toBe('asinh-standardise');
    const others = borrowedRows(explainableRows(explained), row, 8, 1);
    expect(why.permutations).toBe(others.length);
    expect(others).not.toContain(row);
    const feature = names.indexOf('Maj');
    const input = await classified(row);
    const own = await probabilityOf(input);
    let sum = 0;
    for (const other of others) {
      const features = input.features.slice();
      const borrowed = Math.asinh(values[other * names.length + feature]!);
      features[feature] = (borrowed - mean[feature]!) / deviation[feature]!;
      sum += own - (await probabilityOf({ ...input, features }));
    }
    expect(why.features[feature]?.effect).toBeCloseTo(sum / others.length, BATCH_DIGITS);
  });

  test('the orientations are those of the rotation test', async () => {
    const { recipe, moments } = explained.model.description;
    const options = { recipe, moments, rows: [row], angles: 4, seed: 1 };
    const [tested] = await rotateTest(explained.field, explained.session, options);
    tested!.exact.forEach((value, index) => expect(why.orientations?.exact[index]).toBeCloseTo(value, BATCH_DIGITS));
    tested!.random.forEach((value, index) => expect(why.orientations?.random[index]).toBeCloseTo(value, BATCH_DIGITS));
  });

  test('is not said of a row off the mosaics, or without a flux', async () => {
    expect(await rejectionOf(() => explainSource(explained, 11))).toMatchObject({ kind: 'argument-invalid' });
    expect(await rejectionOf(() => pictureOf(explained, 7))).toMatchObject({
      why: expect.stringContaining('Total_flux') as string,
    });
    expect(await rejectionOf(() => pictureOf(explained, 99))).toMatchObject({ kind: 'argument-invalid' });
  });

  test('stops between batches when nobody waits for it', async () => {
    const abort = new AbortController();
    abort.abort();
    expect(await rejectionOf(() => explainSource(explained, row, abort.signal))).toEqual({ kind: 'cancelled' });
  });
});

describe('what if', () => {
  test('nothing is changed: nothing changes', async () => {
    const answer = await whatIf(explained, row, NO_CHANGE);
    expect(answer.changed).toEqual([]);
    expect(answer.after).toBeCloseTo(answer.before, BATCH_DIGITS);
  });

  test('the centre is elsewhere: the image is the one that lies there', async () => {
    const answer = await whatIf(explained, row, { ...NO_CHANGE, shiftPix: { x: 5, y: 0 } });
    expect(answer.after).toBeCloseTo(await probabilityOf(await classified(row, 5)), BATCH_DIGITS);
  });

  test('the nearest neighbour is not there: the features are those of a catalogue without it', async () => {
    const { field } = explained;
    const { names, neighbours, values } = field.features;
    const dropped = neighbours.rows[row * neighbours.perRow]!;
    const { changed } = await whatIf(explained, row, { ...NO_CHANGE, withoutNeighbours: [dropped] });
    // The catalogue without it, made by moving it to the other side of the sky.
    const raDeg = Float64Array.from(field.catalogue.raDeg);
    const decDeg = Float64Array.from(field.catalogue.decDeg);
    raDeg[dropped] = (raDeg[dropped]! + 180) % 360;
    decDeg[dropped] = -decDeg[dropped]!;
    const without = computeFeatures({ ...field.catalogue, raDeg, decDeg }, field, field.features.recipe);
    const expected = names.flatMap((name, index) => {
      const at = row * names.length + index;
      return without.values[at] === values[at] ? [] : [[name, without.values[at]]];
    });
    expect(changed.map(({ name, after }) => [name, after])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  test('a feature has another value: that value is seen; one that the model has not is refused', async () => {
    const answer = await whatIf(explained, row, { ...NO_CHANGE, features: [{ name: 'Maj', value: 60 }] });
    expect(answer.changed).toEqual([{ name: 'Maj', unit: 'arcsec', before: 8 + row, after: 60 }]);
    const unknown = { ...NO_CHANGE, features: [{ name: 'Colour', value: 1 }] };
    expect(await rejectionOf(() => whatIf(explained, row, unknown))).toMatchObject({ name: 'Colour' });
    const stranger = { ...NO_CHANGE, withoutNeighbours: [row] };
    expect(await rejectionOf(() => whatIf(explained, row, stranger))).toMatchObject({ kind: 'argument-invalid' });
  });
});

describe('many sources turned', () => {
  const request = { angles: 0, seed: 1 };

  test('the ends of the spread are those of the orientations that the source page shows', async () => {
    const done: number[] = [];
    const found = await rotationSpreadsOf(
      explained,
      { ...request, rows: [row, row] },
      (fraction) => done.push(fraction),
      new AbortController().signal,
    );
    expect(found.rows).toEqual([row]);
    const { exact } = why.orientations!;
    expect(found.lowest[0]).toBeCloseTo(Math.min(...exact), BATCH_DIGITS);
    expect(found.highest[0]).toBeCloseTo(Math.max(...exact), BATCH_DIGITS);
    const mean = exact.reduce((sum, value) => sum + value, 0) / 8;
    const sigma = Math.sqrt(exact.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
    expect(found.sigma[0]).toBeCloseTo(sigma, BATCH_DIGITS);
    expect(done.at(-1)).toBe(1);
  });

  test('rows beyond the catalogue, and those that no network sees, are left out and not guessed', async () => {
    const gated = [...explained.field.features.sisg.keys()].filter((at) => explained.field.features.sisg[at] === 1);
    const rows = [...gated, 1_000_000];
    const found = await rotationSpreadsOf(
      explained,
      { ...request, rows },
      () => undefined,
      new AbortController().signal,
    );
    expect(found.rows).toEqual([]);
  });
});

test('similar sources are the nearest in the last hidden layer, which gives the same P(MC)', async () => {
  const hidden = await hiddenValuesOf(explained);
  expect([...hidden.rows].sort((a, b) => a - b)).toEqual(explainableRows(explained));
  expect(hidden.width).toBe(64);
  const index = hidden.rows.indexOf(row);
  expect(hidden.probabilities[index]).toBeCloseTo(await probabilityOf(await classified(row)), BATCH_DIGITS);
  const { sources, compared } = similarTo(hidden, explained.field.catalogue.name, row, 3);
  expect(compared).toBe(hidden.rows.length - 1);
  expect(sources).toHaveLength(3);
  const distanceTo = (other: number): number => {
    const at = hidden.rows.indexOf(other);
    return Math.hypot(
      ...Array.from({ length: 64 }, (_, k) => hidden.values[at * 64 + k]! - hidden.values[index * 64 + k]!),
    );
  };
  const nearest = hidden.rows.filter((other) => other !== row).sort((a, b) => distanceTo(a) - distanceTo(b));
  expect(sources.map((source) => source.row)).toEqual(nearest.slice(0, 3));
  expect(sources[0]?.distance).toBeCloseTo(distanceTo(nearest[0]!), 5);
});
