import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';

/** A label desk at which nobody has said anything; it forgets what it is told. */
export function fakeLabels() {
  const os = implement(api).labels;
  return {
    state: os.state.handler(() => ({
      defaultLabeller: 'astronomer',
      labellers: [],
      statements: [],
      goldCount: 0,
      passedOver: 0,
    })),
    give: os.give.handler(({ input }) => ({
      row: input.row,
      labeller: input.labeller,
      word: input.word ?? null,
      note: input.note ?? '',
      isStarred: input.isStarred ?? false,
    })),
    undo: os.undo.handler(() => null),
    queue: os.queue.handler(() => ({ rows: [0, 1, 2], total: 3 })),
    agreement: os.agreement.handler(() => ({
      rows: 0,
      same: 0,
      kappa: null,
      undefinedBecause: 'no row was labelled by both',
      words: [],
      counts: [],
    })),
    gold: os.gold.handler(() => ({ rows: 0, right: 0 })),
    importCsv: os.importCsv.handler(() => ({ rows: 0, absent: 0 })),
    runs: os.runs.handler(() => []),
  };
}

/** No candidates, and nothing about any row. */
export function fakeAssociations() {
  const os = implement(api).associations;
  return {
    list: os.list.handler(() => []),
    propose: os.propose.handler(({ input }) => ({ row: input.row, companions: [], reachArcsec: 180, kept: null })),
    keep: os.keep.handler(() => []),
    withdraw: os.withdraw.handler(() => []),
  };
}
