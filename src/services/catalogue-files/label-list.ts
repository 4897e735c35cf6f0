import type { LabelWord } from '../../core/labels/label-words.ts';
import { labelWordOf } from '../../core/labels/label-words.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { findColumn, textsOf } from '../../core/table/table.ts';
import { parseCsvTable } from '../table-files/csv-table.ts';

export interface LabelList {
  readonly words: ReadonlyMap<number, LabelWord>;
  /** Names that the open catalogue does not have. */
  readonly absent: number;
}

/**
 * Reads `Source_Name,label` from the text of a CSV file. Rows without a label are passed over; a word that is none is
 * refused, so that nothing is taken for what it is not. Of a name that comes twice, the last label counts.
 * @param rowOfName row of a Source_Name in the open catalogue
 * @throws DomainFailure `labels-invalid`, or what `parseCsvTable` throws
 */
export function parseLabelList(text: string, path: string, rowOfName: (name: string) => number | undefined): LabelList {
  const table = parseCsvTable(text, path);
  const [names, labels] = ['Source_Name', 'label'].map((name) => {
    const column = findColumn(table, name);
    const texts = column === undefined ? undefined : textsOf(column);
    if (texts === undefined) throw new DomainFailure({ kind: 'labels-invalid', path, why: `it has no column ${name}` });
    return texts;
  }) as [readonly string[], readonly string[]];
  const words = new Map<number, LabelWord>();
  let absent = 0;
  names.forEach((name, line) => {
    const said = labels[line]!.trim();
    if (said === '') return;
    const word = labelWordOf(said);
    if (word === undefined) {
      const why = `“${said}” in row ${line + 1} is none of the labels MC, S, blend, artefact, unsure or the LoTSS words`;
      throw new DomainFailure({ kind: 'labels-invalid', path, why });
    }
    const row = rowOfName(name);
    if (row === undefined) absent += 1;
    else words.set(row, word);
  });
  if (words.size === 0) {
    throw new DomainFailure({ kind: 'labels-invalid', path, why: 'it labels no source of the open catalogue' });
  }
  return { words, absent };
}
