import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EngineClient } from '../../api/connection.ts';
import { cutoutQuery } from '../../api/cutout-query.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import type { RowStatementMessage } from '../../../contract/labels.ts';
import type { LabelWord } from '../../../core/labels/label-words.ts';
import { showPanel } from '../../state/dock.ts';
import { useHistory } from '../../state/history.ts';
import { useLabelQueue } from '../../state/label-queue.ts';
import { labelTurn, whenNoLabelIsUnderWay } from '../../state/label-turn.ts';
import { labellerOf, ownStatement, useLabels } from '../../state/labels.ts';
import { afterPaint } from '../../state/painted.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useSelection } from '../../state/selection.ts';
import { showBeforeSky } from './sky-follows.ts';

/** Sources ahead of the present one whose pages are kept ready. */
const READY_AHEAD = 4;

export interface LabelActs {
  /** Labels the selected source and goes to the next of the queue; the same word again takes it back. */
  readonly give: (word: LabelWord) => void;
  readonly toggleStar: () => void;
  readonly note: (row: number, text: string) => void;
  /** Takes the last act back and goes to its source. */
  readonly undo: () => void;
  readonly step: (by: 1 | -1) => void;
  /** Opens a queue in the chosen order. `listed`: rows for the order `selection`. */
  readonly begin: (listed: readonly number[]) => void;
}

/** What can be done about labels, from keys and buttons alike. An act under way holds back the next one. */
export function useLabelActs(): LabelActs {
  const engine = useEngine();
  const queries = useQueryClient();
  return useMemo(() => labelActs(engine, queries), [engine, queries]);
}

/** Of an act that changes what is said of the source on screen, and nothing else. */
const STAYS = { leadsOn: false, after: () => undefined } as const;

function labelActs(engine: EngineClient, queries: QueryClient): LabelActs {
  /** The next source shows only when the label is on disk: whatever looks labelled survives a crash. */
  const act = (
    action: () => Promise<RowStatementMessage | null>,
    { leadsOn, after }: { readonly leadsOn: boolean; readonly after: (said: RowStatementMessage) => void },
  ): void => {
    if (labelTurn.isTaken) {
      if (!labelTurn.leadsOn) void labelTurn.ended.then(() => act(action, { leadsOn, after }));
      return;
    }
    [labelTurn.isTaken, labelTurn.leadsOn] = [true, leadsOn];
    labelTurn.ended = action()
      .then((statement) => {
        // Before it shows: whoever sees it may press the next key at once.
        labelTurn.isTaken = false;
        if (statement === null) return;
        useLabels.getState().apply(statement);
        after(statement);
      })
      .catch((error: unknown) => notifyError('The label was not stored', error))
      .finally(() => (labelTurn.isTaken = false));
  };
  const common = (row: number) => ({
    row,
    labeller: labellerOf(useLabels.getState()),
    isProbabilityShown: usePredictions.getState().columns !== undefined,
  });
  const show = (position: number): void => {
    const queue = useLabelQueue.getState();
    queue.moveTo(position);
    const { rows, position: place } = useLabelQueue.getState();
    const row = rows?.[place];
    if (row !== undefined) showBeforeSky(row);
    const ahead = rows?.slice(place + 1, place + 1 + READY_AHEAD) ?? [];
    afterPaint(() => ahead.forEach((next) => makeReady(engine, queries, next)));
  };
  const showLabelled = (row: number): void => {
    const at = useLabelQueue.getState().rows?.indexOf(row) ?? -1;
    if (at >= 0) show(at);
    else useSelection.getState().select(row);
  };
  /** The act can be taken back with the others of the window, unless the label was taken back by itself meanwhile. */
  const remember = ({ row, word, labeller }: RowStatementMessage): void => {
    useHistory.getState().record({
      label: word === null ? 'label taken back' : `label ${word}`,
      undo: async () => {
        if (ownStatement(useLabels.getState(), row)?.word !== word) return;
        const statement = await engine.labels.undo({ labeller });
        if (statement === null) return;
        useLabels.getState().apply(statement);
        showLabelled(statement.row);
      },
      redo: async () => {
        useLabels.getState().apply(await engine.labels.give({ ...common(row), word }));
        showLabelled(row);
      },
    });
  };

  return {
    give: (word) => {
      const { row } = useSelection.getState();
      if (row === undefined) return;
      const isAgain = ownStatement(useLabels.getState(), row)?.word === word;
      act(() => engine.labels.give({ ...common(row), word: isAgain ? null : word }), {
        leadsOn: true,
        after: (said) => {
          remember(said);
          const { rows, position } = useLabelQueue.getState();
          if (!isAgain && rows?.[position] === row) show(position + 1);
        },
      });
    },
    toggleStar: () => {
      const { row } = useSelection.getState();
      if (row === undefined) return;
      const isStarred = ownStatement(useLabels.getState(), row)?.isStarred !== true;
      act(() => engine.labels.give({ ...common(row), isStarred }), STAYS);
    },
    // Words that were typed are not dropped as a key press is.
    note: (row, note) => whenNoLabelIsUnderWay(() => act(() => engine.labels.give({ ...common(row), note }), STAYS)),
    undo: () => {
      const labeller = labellerOf(useLabels.getState());
      act(() => engine.labels.undo({ labeller }), { leadsOn: true, after: ({ row }) => showLabelled(row) });
    },
    step: (by) => {
      const { rows, position } = useLabelQueue.getState();
      if (rows === undefined) return;
      // After an excursion to a neighbour the arrow first comes back to the source that is asked for.
      const isAway = useSelection.getState().row !== rows[position] && position < rows.length;
      show(isAway && by === 1 ? position : position + by);
    },
    begin: (listed) => {
      const { choice, begin } = useLabelQueue.getState();
      const { order, seed, otherRunId, includesLabelled, includesGold } = choice;
      engine.labels
        .queue({
          labeller: labellerOf(useLabels.getState()),
          order,
          seed,
          includesLabelled,
          includesGold,
          ...(order === 'selection' ? { rows: [...listed] } : {}),
          ...(order === 'disagreement' && otherRunId !== undefined ? { otherRunId } : {}),
        })
        .then(({ rows, total }) => {
          begin(rows, total);
          // What is asked about is on the source page, which may lie behind another tab.
          showPanel('source');
          show(0);
        })
        .catch((error: unknown) => notifyError('The queue was not made', error));
    },
  };
}

/** Fetches what the page of a source needs, so that it shows at once. */
function makeReady(engine: EngineClient, queries: QueryClient, row: number): void {
  // A failure is met again, and said, when the source is shown.
  const later = (): void => undefined;
  queries.query({ queryKey: ['source', row], queryFn: () => engine.source.details({ row }) }).catch(later);
  queries.query(cutoutQuery(row)).catch(later);
}
