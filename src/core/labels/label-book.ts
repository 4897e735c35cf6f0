import type { LabelEvent, Statement } from './label-event.ts';
import { NOTHING_SAID } from './label-event.ts';
import type { LabelWord } from './label-words.ts';

/** A row as one labeller left it. */
export interface RowStatement extends Statement {
  readonly row: number;
  readonly labeller: string;
}

/**
 * The present state of the labels, kept up event by event. Rows are those of the open catalogue: an event is found again
 * by its Source_Name where the catalogue's order has changed, and is passed over where the source is gone.
 */
export class LabelBook {
  readonly #names: readonly string[];
  #rowOfName: Map<string, number> | undefined;
  readonly #said = new Map<string, Map<number, LabelEvent>>();
  readonly #gold = new Map<number, LabelWord>();
  readonly #undoable = new Map<string, LabelEvent[]>();
  /** What was said of the row before an event, by the event's id. */
  readonly #before = new Map<number, Statement>();
  #passedOver = 0;

  /** @param names Source_Name of every catalogue row */
  constructor(names: readonly string[], events: Iterable<LabelEvent> = []) {
    this.#names = names;
    for (const event of events) this.add(event);
  }

  /** Everybody who has said something, in the order of their first label. */
  get labellers(): readonly string[] {
    return [...this.#said.keys()];
  }

  /** Known answers of rows that are mixed into the queue. */
  get gold(): ReadonlyMap<number, LabelWord> {
    return this.#gold;
  }

  /** Events whose source is not in this catalogue. */
  get passedOver(): number {
    return this.#passedOver;
  }

  add(event: LabelEvent): void {
    const row = this.rowOf(event);
    if (row === undefined) {
      this.#passedOver += 1;
      return;
    }
    if (event.origin === 'gold') {
      if (event.word === undefined) this.#gold.delete(row);
      else this.#gold.set(row, event.word);
      return;
    }
    const said = this.#said.get(event.labeller) ?? new Map<number, LabelEvent>();
    this.#said.set(event.labeller, said);
    this.#before.set(event.id, said.get(row) ?? NOTHING_SAID);
    said.set(row, event);
    const undoable = this.#undoable.get(event.labeller) ?? [];
    this.#undoable.set(event.labeller, undoable);
    if (event.undoes !== undefined) {
      const at = undoable.findLastIndex(({ id }) => id === event.undoes);
      if (at >= 0) undoable.splice(at, 1);
    } else if (event.origin === 'hand') undoable.push(event);
  }

  /** The row of an event in this catalogue; undefined where its source is not there. */
  rowOf({ row, sourceName }: Pick<LabelEvent, 'row' | 'sourceName'>): number | undefined {
    if (this.#names[row] === sourceName) return row;
    return sourceName === '' ? undefined : this.rowOfName(sourceName);
  }

  /** The first row of that Source_Name. */
  rowOfName(name: string): number | undefined {
    if (this.#rowOfName === undefined) {
      this.#rowOfName = new Map();
      for (let row = this.#names.length - 1; row >= 0; row--) this.#rowOfName.set(this.#names[row]!.trim(), row);
    }
    return this.#rowOfName.get(name.trim());
  }

  /** What the labeller says of the row at present. */
  statement(labeller: string, row: number): Statement {
    return this.#said.get(labeller)?.get(row) ?? NOTHING_SAID;
  }

  /** The newest event of the labeller about the row. */
  event(labeller: string, row: number): LabelEvent | undefined {
    return this.#said.get(labeller)?.get(row);
  }

  /** Everything that one labeller says at present, rows ascending; nothing for one who is unknown. */
  statementsOf(labeller: string): RowStatement[] {
    return [...(this.#said.get(labeller) ?? [])]
      .map(([row, { word, note, isStarred }]) => ({ row, labeller, word, note, isStarred }))
      .sort((a, b) => a.row - b.row);
  }

  /** The labeller's words by row, without those that were taken back. */
  wordsOf(labeller: string): Map<number, LabelWord> {
    const words = new Map<number, LabelWord>();
    for (const [row, { word }] of this.#said.get(labeller) ?? []) if (word !== undefined) words.set(row, word);
    return words;
  }

  /** The labeller's last act by hand that was not taken back, and what was said of its row before. */
  lastAct(labeller: string): { readonly event: LabelEvent; readonly before: Statement } | undefined {
    const event = this.#undoable.get(labeller)?.at(-1);
    return event === undefined ? undefined : { event, before: this.#before.get(event.id) ?? NOTHING_SAID };
  }
}
