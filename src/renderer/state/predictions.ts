import { create } from 'zustand';
import type { PredictionColumns } from '../../contract/column-sets.ts';
import type { EngineEvent } from '../../contract/schemas.ts';
import { sortedScores } from './score-order.ts';

/** Status index of a row that has no result yet; fixed by the contract. */
export const NO_RESULT_YET = 255;

type PredictionEvent = Extract<EngineEvent, { type: 'predictions' }>;

interface PredictionState {
  readonly columns: PredictionColumns | undefined;
  /** Scores that can be flagged, ascending: P(MC) of the rows that are not SISG. */
  readonly sorted: Float64Array;
  /** Counts changes of entries inside `columns`, whose arrays stay the same objects. */
  readonly version: number;
  /** Rows of the change that led to `version`; undefined where everything may have changed. */
  readonly changedRows: readonly number[] | undefined;
  readonly replace: (columns: PredictionColumns | undefined, sisg: Uint8Array | undefined) => void;
  /** Writes finished batches into the columns in place. */
  readonly apply: (events: readonly PredictionEvent[], sisg: Uint8Array | undefined) => void;
}

const NOTHING = new Float64Array(0);

export const usePredictions = create<PredictionState>()((set, get) => ({
  columns: undefined,
  sorted: NOTHING,
  version: 0,
  changedRows: undefined,
  replace: (columns, sisg) =>
    set({
      columns,
      sorted: columns === undefined ? NOTHING : sortedScores(columns.probability, sisg),
      version: get().version + 1,
      changedRows: undefined,
    }),
  apply: (events, sisg) => {
    const { columns, version } = get();
    if (columns === undefined) return;
    const statusNames = [...columns.statusNames];
    const changed: number[] = [];
    for (const event of events) {
      if (event.runId !== columns.runId) continue;
      event.rows.forEach((row, i) => {
        columns.probability[row] = event.probability[i] ?? Number.NaN;
        const name = event.status[i] ?? 'failed';
        if (!statusNames.includes(name)) statusNames.push(name);
        columns.status[row] = statusNames.indexOf(name);
        changed.push(row);
      });
    }
    if (changed.length === 0) return;
    set({
      columns: { ...columns, statusNames },
      sorted: sortedScores(columns.probability, sisg),
      version: version + 1,
      changedRows: changed,
    });
  },
}));
