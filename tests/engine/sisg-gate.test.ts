import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import type { SisgRowsRequest } from '../../src/contract/sisg.ts';
import { PUBLISHED_SISG } from '../../src/core/features/feature-recipe.ts';
import { blockOf, requestOf, start } from './engine-benches.ts';
import type { Client, TestEngine } from './test-engine.ts';

async function openField(): Promise<{ readonly bench: TestEngine; readonly client: Client }> {
  const bench = await start();
  const client = await bench.connect();
  await client.project.open(requestOf(bench));
  return { bench, client };
}

const EVERYTHING_SMALL = { ...PUBLISHED_SISG, majBelowArcsec: 1000, isolationArcsec: 0, largestGaussianCount: 100 };

async function rowsOf(bench: TestEngine, request: SisgRowsRequest): Promise<number[]> {
  const query = encodeURIComponent(JSON.stringify(request));
  const { arrays } = await blockOf(bench, `${paths.sisgRows}?request=${query}`);
  return [...(arrays.get('rows') as Int32Array)];
}

describe('the SISG gate of a project', () => {
  test('a threshold below 0, or half a Gaussian, does not reach the project', async () => {
    const { client } = await openField();
    for (const wrong of [{ majBelowArcsec: -1 }, { largestGaussianCount: 0.5 }, { isolationArcsec: Number.NaN }]) {
      const thresholds = { ...PUBLISHED_SISG, ...wrong };
      await expect(client.sisg.choose({ thresholds })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    expect((await client.sisg.gate()).thresholds).toEqual(PUBLISHED_SISG);
  });

  test('rows asked for in another way than the window does are refused in a sentence', async () => {
    const { bench } = await openField();
    const { status, body } = await bench.get(`${paths.sisgRows}?request=%7B`, { Cookie: await bench.signIn() });
    expect(status).toBe(422);
    expect(body.toString()).toContain('names no rows of the SISG gate');
  });

  test('asking what thresholds would do changes neither the project nor what is on screen', async () => {
    const { client } = await openField();
    const before = await client.project.current();
    const counts = await client.sisg.count({ thresholds: EVERYTHING_SMALL, flaggedFrom: 0.5 });
    expect(counts.sisg).toBe(counts.rows);
    expect(counts.networkRows).toBe(0);
    expect(counts.change.joins).toBe(counts.rows - before!.catalogue.sisgCount);
    expect((await client.sisg.gate()).thresholds).toEqual(PUBLISHED_SISG);
    expect((await client.project.current())!.catalogue.sisgCount).toBe(before!.catalogue.sisgCount);
  });

  test('the rows of a rule are those that are counted for it', async () => {
    const { bench, client } = await openField();
    const thresholds = PUBLISHED_SISG;
    const { rules, sisg } = await client.sisg.count({ thresholds, flaggedFrom: 0.5 });
    for (const [rule, { holds, unknown, left }] of rules.entries()) {
      expect(await rowsOf(bench, { thresholds, of: { rule, set: 'holds' } })).toHaveLength(holds);
      expect(await rowsOf(bench, { thresholds, of: { rule, set: 'unknown' } })).toHaveLength(unknown);
      expect(await rowsOf(bench, { thresholds, of: { rule, set: 'left' } })).toHaveLength(left);
    }
    expect(rules.at(-1)!.left).toBe(sisg);
    expect(await rowsOf(bench, { thresholds, of: 'joins' })).toEqual([]);
  });

  test('chosen thresholds are those of the next run, of its report before, and of its recipe, and are kept', async () => {
    const { bench, client } = await openField();
    await client.run.cancel();
    const first = await client.project.current();
    await client.sisg.choose({ thresholds: EVERYTHING_SMALL });
    expect((await client.run.recipe())!.features.sisg).toBeUndefined();
    expect((await client.project.preflight({})).sisg.count).toBe(first!.catalogue.rowCount);
    await client.run.start({});
    expect((await client.run.recipe())!.features.sisg).toEqual(EVERYTHING_SMALL);
    expect((await client.project.current())!.catalogue.sisgCount).toBe(first!.catalogue.rowCount);
    const { path } = first!;
    await client.project.close();
    await client.project.openFile({ path });
    expect(await client.sisg.gate()).toMatchObject({ thresholds: EVERYTHING_SMALL, ofRun: EVERYTHING_SMALL });
    expect(bench.bugs).toEqual([]);
  });

  test('back at the model’s thresholds, the run made with them is shown again and nothing is computed', async () => {
    const { client } = await openField();
    const first = (await client.project.current())!.run!;
    await client.run.cancel();
    await client.sisg.choose({ thresholds: EVERYTHING_SMALL });
    const second = await client.run.start({});
    expect(second.id).not.toBe(first.id);
    await client.run.cancel();
    expect((await client.sisg.choose({ thresholds: null })).thresholds).toEqual(PUBLISHED_SISG);
    expect((await client.run.start({})).id).toBe(first.id);
  });

  test('with labels, the MC rows that the gate loses are counted and can be chosen', async () => {
    const { bench, client } = await openField();
    const sources = await blockOf(bench, paths.sources);
    const names = sources.values['name'] as string[];
    expect((await client.sisg.count({ thresholds: PUBLISHED_SISG, flaggedFrom: 0.5 })).cost).toBeNull();
    const path = join(dirname(bench.files.catalogue), 'labels.csv');
    writeFileSync(path, `Source_Name,label\n${names[0]!},MC\n${names[1]!},MC\n${names[2]!},S\n`);
    await client.evaluation.loadReference({ path });
    const { cost, rules } = await client.sisg.count({ thresholds: EVERYTHING_SMALL, flaggedFrom: 0.5 });
    expect(cost).toEqual({ labels: 'labels labels.csv', mc: 2, lostMc: 2, recoverable: 0, lostSources: 2 });
    expect(rules.at(-1)).toMatchObject({ mcLeft: 2 });
    expect(await rowsOf(bench, { thresholds: EVERYTHING_SMALL, of: 'lost' })).toEqual([0, 1]);
  });

  test('labels made by hand count where no file was given', async () => {
    const { client } = await openField();
    await client.labels.give({ row: 1, labeller: 'ann', word: 'MC', isProbabilityShown: false });
    const { cost } = await client.sisg.count({ thresholds: EVERYTHING_SMALL, flaggedFrom: 0.5 });
    expect(cost).toMatchObject({ labels: 'labels made in this project', mc: 1, lostMc: 1 });
  });
});
