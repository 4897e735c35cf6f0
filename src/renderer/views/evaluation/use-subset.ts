import { useMemo } from 'react';
import type { ScoreTable } from '../../../core/evaluation/score-table.ts';
import { scoreTable } from '../../../core/evaluation/score-table.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { rowMask } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';

/** The judged rows among those chosen on the sky or in the table. */
export interface JudgedSubset {
  /** By index into the judged rows. */
  readonly isIn: (index: number) => boolean;
  readonly table: ScoreTable;
  readonly rows: number;
}

/** Fewer are looked at one by one, not as a sample. */
const FEWEST = 2;

/** What is chosen, to be shown against all; undefined while that is nothing, or everything. */
export function useSubset({ paired, scored }: JudgedRows): JudgedSubset | undefined {
  const chosen = useSelection((state) => state.chosen);
  return useMemo(() => {
    if (chosen.length < FEWEST) return undefined;
    const { catalogueRow } = paired;
    const isChosen = rowMask(chosen, (catalogueRow.at(-1) ?? 0) + 1);
    const isIn = (index: number): boolean => isChosen[catalogueRow[index]!] === 1;
    const table = scoreTable(scored, isIn);
    const rows = table.mc.length + table.s.length;
    return rows < FEWEST || rows === catalogueRow.length ? undefined : { isIn, table, rows };
  }, [chosen, paired, scored]);
}
