import type { Column, Table } from '../table/table.ts';
import type { LabelBook } from './label-book.ts';
import type { LabelEvent } from './label-event.ts';
import { plainWordOf } from './label-words.ts';
import { agreedLabels } from './row-labels.ts';

/**
 * Labels as a table that `lobate train` and `lobate evaluate` read: `Source_Name`, `label`, who gave it, when, with what
 * note, and which model and P(MC) were on the screen. `label` is MC, S, blend, artefact or unsure; `label_word` the word as
 * it was given, where that is one of the LoTSS verdicts.
 * @param labeller whose labels; those on which all labellers agree where absent
 * @param parents physical source of rows in a kept candidate
 */
export function labelTable(
  book: LabelBook,
  names: readonly string[],
  labeller: string | undefined,
  parents: ReadonlyMap<number, string>,
): Table {
  const words = labeller === undefined ? agreedLabels(book).word : book.wordsOf(labeller);
  const rows = [...words.keys()].sort((a, b) => a - b);
  const whoseOf = (row: number): readonly LabelEvent[] =>
    (labeller === undefined ? book.labellers : [labeller])
      .map((name) => book.event(name, row))
      .filter((event): event is LabelEvent => event?.word !== undefined);
  const said = rows.map(whoseOf);
  const joined = (value: (event: LabelEvent) => string): string[] =>
    said.map((events) => [...new Set(events.map(value))].filter((text) => text !== '').join('; '));
  const columns = [
    texts(
      'Source_Name',
      rows.map((row) => names[row]!),
    ),
    texts(
      'label',
      rows.map((row) => plainWordOf(words.get(row)!)),
    ),
    texts(
      'label_word',
      rows.map((row) => words.get(row)!),
    ),
    texts(
      'Parent_Source',
      rows.map((row) => parents.get(row) ?? names[row]!),
    ),
    texts(
      'label_by',
      joined(({ labeller: by }) => by),
    ),
    texts(
      'label_time',
      said.map(
        (events) =>
          events
            .map(({ madeAt }) => madeAt)
            .sort()
            .at(-1) ?? '',
      ),
    ),
    texts(
      'note',
      joined(({ note }) => note),
    ),
    texts(
      'star',
      said.map((events) => (events.some(({ isStarred }) => isStarred) ? '1' : '')),
    ),
    texts(
      'model_id',
      joined(({ shown }) => shown?.modelId ?? ''),
    ),
    numbers(
      'mc_probability_shown',
      said.map((events) => events[0]?.shown?.probability),
    ),
  ];
  return { rowCount: rows.length, columns };
}

/** Every line of the history, oldest first. */
export function labelHistoryTable(events: readonly LabelEvent[]): Table {
  const column = (name: string, value: (event: LabelEvent) => string): Column => texts(name, events.map(value));
  const columns = [
    column('id', ({ id }) => String(id)),
    column('Source_Name', ({ sourceName }) => sourceName),
    column('row', ({ row }) => String(row)),
    column('label', ({ word }) => word ?? ''),
    column('label_by', ({ labeller }) => labeller),
    column('label_time', ({ madeAt }) => madeAt),
    column('origin', ({ origin }) => origin),
    column('undoes', ({ undoes }) => (undoes === undefined ? '' : String(undoes))),
    column('note', ({ note }) => note),
    column('star', ({ isStarred }) => (isStarred ? '1' : '')),
    column('run', ({ shown }) => (shown === undefined ? '' : String(shown.runId))),
    column('model_id', ({ shown }) => shown?.modelId ?? ''),
    column('weights_sha256', ({ shown }) => shown?.weightsSha256 ?? ''),
    numbers(
      'mc_probability_shown',
      events.map(({ shown }) => shown?.probability),
    ),
    column('catalogue_fingerprint', ({ catalogueFingerprint }) => catalogueFingerprint),
  ];
  return { rowCount: events.length, columns };
}

const texts = (name: string, data: readonly string[]): Column => ({ name, data, repeat: 1 });
const numbers = (name: string, data: readonly (number | undefined)[]): Column => ({
  name,
  data: Float64Array.from(data, (value) => value ?? Number.NaN),
  repeat: 1,
});
