import { expect, test } from 'vitest';
import { sisgCost } from '../../../src/core/evaluation/sisg-cost.ts';

test('a lost row is recoverable where another row of its source is looked at; a source is lost where none is', () => {
  const cost = sisgCost({
    //                     a  a  b  b  c  d  unlabelled
    isMc: Uint8Array.from([1, 1, 1, 1, 0, 0, 1]),
    isLabelled: Uint8Array.from([1, 1, 1, 1, 1, 1, 0]),
    isSisg: Uint8Array.from([1, 0, 1, 1, 1, 0, 1]),
    physicalSource: ['a', 'a', 'b', 'b', 'c', 'd', 'e'],
  });
  expect(cost).toEqual({ labelled: 6, mc: 4, sisg: 4, lostMc: 3, recoverable: 1, lostSources: 1 });
});

test('without rows nothing is lost', () => {
  const none = new Uint8Array(0);
  expect(sisgCost({ isMc: none, isLabelled: none, isSisg: none, physicalSource: [] })).toMatchObject({ lostMc: 0 });
});
