import { isDefinedError, safe } from '@orpc/client';
import { expect, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import { openClassified } from './engine-benches.ts';

/** Ten point sources 46.7″ apart along a diagonal, on a field without noise. */
const openField = () => openClassified();

const by = { labeller: 'ann', threshold: 0.5 } as const;

test('a candidate of one row, of unknown rows or of an unknown number is refused, and nothing is kept', async () => {
  const { client } = await openField();
  for (const call of [
    client.associations.keep({ rows: [1, 1], ...by }),
    client.associations.keep({ rows: [1, 12], ...by }),
    client.associations.keep({ id: 7, rows: [1, 2], ...by }),
    client.associations.withdraw({ id: 7, ...by }),
  ]) {
    const { error } = await safe(call);
    expect(isDefinedError(error)).toBe(true);
  }
  expect(await client.associations.list()).toEqual([]);
});

test('companions come nearest first, with the emission that joins them; none of these points is joined', async () => {
  const { client } = await openField();
  const { companions, kept } = await client.associations.propose({ row: 4, threshold: 0.5 });
  expect(
    companions
      .slice(0, 2)
      .map(({ row }) => row)
      .sort(),
  ).toEqual([3, 5]);
  expect(companions[0]!.distanceArcsec).toBeCloseTo(22 * 1.5 * Math.SQRT2, 1);
  for (const { bridgeSigma, reason } of companions) {
    expect(bridgeSigma).toBeLessThan(2);
    expect(reason).toBeNull();
  }
  expect(kept).toBeNull();
});

test('a row belongs to one candidate: kept in another it leaves the first, which ends with its last but one', async () => {
  const { client } = await openField();
  await client.associations.keep({ rows: [1, 2], ...by });
  const [first] = await client.associations.keep({ rows: [5, 6, 7], ...by });
  expect(first!.rows).toEqual([1, 2]);
  const after = await client.associations.keep({ rows: [2, 5], ...by });
  expect(after.map(({ rows }) => rows)).toEqual([
    [6, 7],
    [2, 5],
  ]);
  expect((await client.associations.propose({ row: 5, threshold: 0.5 })).kept?.rows).toEqual([2, 5]);
});

test('candidates outlive the project’s closing and leave as a component catalogue, as CSV and as FITS', async () => {
  const { bench, client } = await openField();
  const [kept] = await client.associations.keep({ rows: [1, 2], ...by });
  const path = (await client.project.current())!.path;
  await client.project.close();
  await client.project.openFile({ path });
  expect(await client.associations.list()).toEqual([kept]);
  const cookie = { Cookie: await bench.signIn() };
  const csv = (await bench.get(paths.exportCandidates, cookie)).body.toString().split('\n');
  expect(csv[0]).toMatch(/^Component_Name,Source_Name,Parent_Source,/);
  expect(csv[1]).toContain(`ILTJ small 1,${kept!.name},${kept!.name},2,`);
  expect((await bench.get(paths.exportCandidatesFits, cookie)).body.subarray(0, 9).toString()).toBe('SIMPLE  =');
  await client.associations.withdraw({ id: kept!.id, ...by });
  expect((await bench.get(paths.exportCandidates, cookie)).body.toString().trim().split('\n')).toHaveLength(1);
});
