import type { RowLabels } from '../catalogue/labels.ts';
import { emptyLabels } from '../catalogue/labels.ts';
import type { LabelBook } from './label-book.ts';
import type { LabelWord } from './label-words.ts';
import { plainWordOf, WORD_MEANINGS } from './label-words.ts';

/** Rows by what the labellers agree on. */
export interface AgreedLabels {
  /** The word of every row on which all who decided say the same class. */
  readonly word: ReadonlyMap<number, LabelWord>;
  /** Rows on which two labellers give different classes: no label until somebody changes his mind. */
  readonly disputed: readonly number[];
}

/**
 * One word per row of several labellers. Words that give no class (unsure) abstain where another gives one.
 * @param labellers whose labels count; everybody's where absent
 */
export function agreedLabels(book: LabelBook, labellers: readonly string[] = book.labellers): AgreedLabels {
  const word = new Map<number, LabelWord>();
  const disputed = new Set<number>();
  for (const labeller of labellers) {
    for (const [row, said] of book.wordsOf(labeller)) {
      const kept = word.get(row);
      const now = plainWordOf(said);
      const before = kept === undefined ? 'unsure' : plainWordOf(kept);
      if (kept === undefined || (before === 'unsure' && now !== 'unsure')) word.set(row, said);
      else if (now !== 'unsure' && before !== now) disputed.add(row);
    }
  }
  for (const row of disputed) word.delete(row);
  return { word, disputed: [...disputed].sort((a, b) => a - b) };
}

/**
 * Labels made by hand in the form that evaluation and training take, in the order of the catalogue.
 * @param names Source_Name of every row
 * @param words one word per labelled row
 * @param groups rows that belong to one physical source, by its name: candidates that were kept; others are their own
 */
export function rowLabelsOf(
  names: readonly string[],
  words: ReadonlyMap<number, LabelWord>,
  groups: ReadonlyMap<number, string> = new Map(),
): RowLabels {
  const labels = emptyLabels(names, 'unlabelled');
  for (const [row, word] of words) {
    const { labelClass, isBlend } = WORD_MEANINGS[word];
    labels.labelClass[row] = labelClass;
    labels.isBlend[row] = isBlend === true ? 1 : 0;
    if (labelClass === 'MC') labels.flag[row] = 8;
    else if (labelClass === 'S') labels.flag[row] = isBlend === true ? 4 : 1;
  }
  for (const [row, group] of groups) labels.physicalSource[row] = group;
  return labels;
}
