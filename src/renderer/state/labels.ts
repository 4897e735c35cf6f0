import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { LabelState, RowStatementMessage } from '../../contract/labels.ts';
import type { LabelWord, Vocabulary } from '../../core/labels/label-words.ts';
import { machineSettings } from './machine-settings.ts';

interface LabelsState {
  /** Who labels at this window; empty: whoever the system says sits here. */
  readonly chosenLabeller: string;
  readonly defaultLabeller: string;
  /** Others' labels are neither asked for nor shown. */
  readonly isBlind: boolean;
  readonly vocabulary: Vocabulary;
  readonly labellers: readonly string[];
  readonly goldCount: number;
  /** What each labeller says of a row, by row. Replaced on every change. */
  readonly said: ReadonlyMap<number, readonly RowStatementMessage[]>;
  /** Counts the changes of `said`. */
  readonly revision: number;
  readonly replace: (state: LabelState) => void;
  readonly apply: (statement: RowStatementMessage) => void;
  readonly clear: () => void;
  readonly set: (change: Partial<Pick<LabelsState, 'chosenLabeller' | 'isBlind' | 'vocabulary'>>) => void;
}

const NOTHING: ReadonlyMap<number, readonly RowStatementMessage[]> = new Map();

/** The labels of the open project, as far as this labeller may see them. Who he is survives a restart of the window. */
export const useLabels = create<LabelsState>()(
  persist(
    (set, get) => ({
      chosenLabeller: '',
      defaultLabeller: '',
      isBlind: false,
      vocabulary: 'classes',
      labellers: [],
      goldCount: 0,
      said: NOTHING,
      revision: 0,
      replace: ({ defaultLabeller, labellers, goldCount, statements }) => {
        const said = new Map<number, RowStatementMessage[]>();
        for (const statement of statements) said.set(statement.row, [...(said.get(statement.row) ?? []), statement]);
        set({ defaultLabeller, labellers, goldCount, said, revision: get().revision + 1 });
      },
      apply: (statement) => {
        const { said, revision, labellers, isBlind } = get();
        const { row, labeller } = statement;
        if (isBlind && labeller !== labellerOf(get())) return;
        const before = said.get(row) ?? [];
        // The engine tells every window of a label, also the one that was answered already.
        if (before.some((known) => isSame(known, statement))) return;
        const others = before.filter((other) => other.labeller !== labeller);
        set({
          said: new Map(said).set(row, [...others, statement]),
          revision: revision + 1,
          labellers: labellers.includes(labeller) ? labellers : [...labellers, labeller],
        });
      },
      clear: () => set({ said: NOTHING, revision: get().revision + 1, labellers: [], goldCount: 0 }),
      set: (change) => set(change),
    }),
    {
      name: 'lobate-labels',
      version: 1,
      storage: createJSONStorage(() => machineSettings.storage),
      partialize: ({ chosenLabeller, isBlind, vocabulary }) => ({ chosenLabeller, isBlind, vocabulary }),
    },
  ),
);

const isSame = (a: RowStatementMessage, b: RowStatementMessage): boolean =>
  a.labeller === b.labeller && a.word === b.word && a.note === b.note && a.isStarred === b.isStarred;

export const saidOf = ({ said }: LabelsState): LabelsState['said'] => said;

export const revisionOf = ({ revision }: LabelsState): number => revision;

/** The name under which this window labels. */
export const labellerOf = ({
  chosenLabeller,
  defaultLabeller,
}: Pick<LabelsState, 'chosenLabeller' | 'defaultLabeller'>): string =>
  chosenLabeller.trim() === '' ? defaultLabeller : chosenLabeller.trim();

export const useLabeller = (): string => useLabels(labellerOf);

/** What this labeller says of a row. */
export function ownStatement(
  state: Pick<LabelsState, 'said' | 'chosenLabeller' | 'defaultLabeller'>,
  row: number,
): RowStatementMessage | undefined {
  const labeller = labellerOf(state);
  return state.said.get(row)?.find((statement) => statement.labeller === labeller);
}

export interface ShownLabel {
  readonly word: LabelWord;
  /** False: somebody else's. */
  readonly isOwn: boolean;
}

/** The label to show for a row of which this was said: one's own, else the first of the others'. */
export function shownLabel(statements: readonly RowStatementMessage[], labeller: string): ShownLabel | undefined {
  const own = statements.find((statement) => statement.labeller === labeller && statement.word !== null);
  const found = own ?? statements.find(({ word }) => word !== null);
  return found?.word == null ? undefined : { word: found.word, isOwn: found === own };
}

/** How often a labeller gave each word. */
export function wordCounts(
  said: ReadonlyMap<number, readonly RowStatementMessage[]>,
  labeller: string,
): ReadonlyMap<LabelWord, number> {
  const counts = new Map<LabelWord, number>();
  for (const statements of said.values()) {
    const word = statements.find((statement) => statement.labeller === labeller)?.word;
    if (word != null) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
