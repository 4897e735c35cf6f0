import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { ReferenceSummary } from '../../contract/evaluation.ts';
import type { RowStatementMessage } from '../../contract/labels.ts';
import type { AssociationMode } from '../../core/evaluation/association-correction.ts';
import type { SubsetChoice } from '../../core/evaluation/data-subsets.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import type { LabelColumns, PairedRows } from '../../core/evaluation/pair-rows.ts';
import { LABEL_CODE, pairRows, withTrainingSplit } from '../../core/evaluation/pair-rows.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { scoredRows } from '../../core/evaluation/scored-rows.ts';
import type { ScoreTable } from '../../core/evaluation/score-table.ts';
import { scoreTable } from '../../core/evaluation/score-table.ts';
import { WORD_MEANINGS } from '../../core/labels/label-words.ts';
import { useField } from './field.ts';
import { shownLabel, useLabeller } from './labels.ts';
import { usePredictions } from './predictions.ts';
import { useRestingLabels } from './resting-labels.ts';

interface EvaluationState {
  /** Labels from a file; undefined where none was given. */
  readonly reference: { readonly summary: ReferenceSummary; readonly columns: LabelColumns } | undefined;
  readonly mode: AssociationMode;
  readonly subset: SubsetChoice;
  /** The astronomer insists on rows that the model was trained on; every figure then says so. */
  readonly isForced: boolean;
  readonly setReference: (reference: EvaluationState['reference']) => void;
  readonly set: (change: Partial<Pick<EvaluationState, 'mode' | 'subset' | 'isForced'>>) => void;
}

export const useEvaluation = create<EvaluationState>()((set) => ({
  reference: undefined,
  mode: 'moved',
  subset: 'all',
  isForced: false,
  setReference: (reference) => set({ reference, subset: 'all', isForced: false }),
  set: (change) => set(change),
}));

/** The rows that are judged, and the cumulative tables by which any threshold is three binary searches. */
export interface JudgedRows {
  readonly labels: LabelColumns;
  readonly paired: PairedRows;
  readonly scored: ScoredRows;
  readonly table: ScoreTable;
  /** Whose labels these are, in words. */
  readonly labelWords: string;
  /** Where rows that the model was trained on are among them and were not insisted on, nothing is judged. */
  readonly isRefused: boolean;
  /** Whether anything says what the model saw of the rows, so that parts of them can be judged alone. */
  readonly isDatasetKnown: boolean;
}

interface JudgedState {
  /** Undefined without labels or results. */
  readonly rows: JudgedRows | undefined;
  readonly setRows: (rows: JudgedRows | undefined) => void;
}

export const useJudged = create<JudgedState>()((set) => ({ rows: undefined, setRows: (rows) => set({ rows }) }));

/**
 * Keeps labels and results of the shown run together for the whole window: labels of the file where one was given, else
 * those made here. They are brought together anew when either changes, never when the threshold does.
 * @param trainingSplit what the shown run's model saw of each row; it outweighs what the labels say
 */
export function useKeepJudgedRows(trainingSplit: Uint8Array | undefined): void {
  const sources = useField((state) => state.sources);
  const columns = usePredictions((state) => state.columns);
  const version = usePredictions((state) => state.version);
  const reference = useEvaluation((state) => state.reference);
  const subset = useEvaluation((state) => state.subset);
  const isForced = useEvaluation((state) => state.isForced);
  const own = useOwnLabels(sources?.rowCount ?? 0, reference !== undefined);
  useEffect(() => {
    useJudged.getState().setRows(judgedRows());

    function judgedRows(): JudgedRows | undefined {
      const given = reference?.columns ?? own;
      if (sources === undefined || columns === undefined || given?.label.length !== sources.rowCount) return undefined;
      const labels = withTrainingSplit(given, trainingSplit);
      const paired = pairRows(labels, { probability: columns.probability, isSisg: sources.sisg }, subset);
      if (paired.catalogueRow.length === 0) return undefined;
      const scored = scoredRows(paired.rows);
      return {
        labels,
        paired,
        scored,
        table: scoreTable(scored),
        labelWords:
          reference === undefined ? 'labels made in this window' : `labels ${fileNameOf(reference.summary.path)}`,
        isRefused: paired.learnedFrom > 0 && !isForced,
        isDatasetKnown: labels.dataset.some((code) => code !== DATASET_UNKNOWN),
      };
    }
    // `version` counts changes inside `columns`, whose arrays stay the same objects.
  }, [sources, columns, version, reference, own, trainingSplit, subset, isForced]);
}

export const fileNameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

function useOwnLabels(rowCount: number, isUnused: boolean): LabelColumns | undefined {
  const { said } = useRestingLabels();
  const labeller = useLabeller();
  return useMemo(
    () => (isUnused ? undefined : ownLabelColumns(said, labeller, rowCount)),
    [said, labeller, rowCount, isUnused],
  );
}

/**
 * Labels made in the window as columns; a blend is S, and without associations each row is its own source.
 * @returns undefined where none of them gives a class
 */
export function ownLabelColumns(
  said: ReadonlyMap<number, readonly RowStatementMessage[]>,
  labeller: string,
  rowCount: number,
): LabelColumns | undefined {
  if (said.size === 0 || rowCount === 0) return undefined;
  const label = new Uint8Array(rowCount);
  for (const [row, statements] of said) {
    const word = shownLabel(statements, labeller)?.word;
    if (word !== undefined) label[row] = LABEL_CODE[WORD_MEANINGS[word].labelClass];
  }
  if (!label.some((code) => code === LABEL_CODE.MC || code === LABEL_CODE.S)) return undefined;
  return {
    label,
    group: Int32Array.from(label, (_, row) => row),
    groupCount: rowCount,
    dataset: new Uint8Array(rowCount).fill(DATASET_UNKNOWN),
  };
}
