import { expect, test } from 'vitest';
import type { CandidateMessage } from '../../../src/contract/associations.ts';
import { restoreCandidates } from '../../../src/renderer/views/association/restore-candidates.ts';

const SAID = { labeller: 'me', threshold: 0.5 };

const candidate = (id: number, rows: readonly number[]): CandidateMessage => ({
  id,
  rows: [...rows],
  name: `ILTJ ${id}`,
  labeller: 'me',
  madeAt: '2026-01-01T00:00:00Z',
});

/** Candidates as the engine keeps them: a row is in one at most. */
function project(...first: readonly CandidateMessage[]) {
  let candidates = [...first];
  let next = 100;
  const acts: string[] = [];
  const associations = {
    list: () => Promise.resolve(candidates),
    keep: ({ rows }: { rows: number[] }) => {
      acts.push(`keep ${rows.join()}`);
      candidates = [
        ...candidates.filter((one) => !one.rows.some((row) => rows.includes(row))),
        candidate(next++, rows),
      ];
      return Promise.resolve(candidates);
    },
    withdraw: ({ id }: { id: number }) => {
      acts.push(`withdraw ${id}`);
      candidates = candidates.filter((one) => one.id !== id);
      return Promise.resolve(candidates);
    },
  };
  return { associations: associations as never, acts, groups: () => candidates.map(({ rows }) => rows) };
}

test('taking back a new group withdraws it and touches no other', async () => {
  const { associations, acts, groups } = project(candidate(1, [1, 2]), candidate(2, [3, 4]));
  await restoreCandidates(associations, [candidate(1, [2, 1])], SAID);
  expect(groups()).toEqual([[1, 2]]);
  expect(acts).toEqual(['withdraw 2']);
});

test('taking back a group that took a member from another gives both back', async () => {
  const before = [candidate(1, [1, 2, 3]), candidate(2, [4, 5])];
  const { associations, groups } = project(candidate(1, [1, 2]), candidate(2, [3, 4, 5]));
  await restoreCandidates(associations, before, SAID);
  expect(groups()).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test('a group that was withdrawn comes back, and what is as it was needs no act', async () => {
  const { associations, acts, groups } = project(candidate(2, [3, 4]));
  await restoreCandidates(associations, [candidate(1, [1, 2]), candidate(2, [3, 4])], SAID);
  expect(groups()).toEqual([
    [3, 4],
    [1, 2],
  ]);
  expect(acts).toEqual(['keep 1,2']);
});
