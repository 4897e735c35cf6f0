import { userInfo } from 'node:os';
import type { z } from 'zod';
import type { giveLabel, LabelQueue, LabelState, queueRequest, RowStatementMessage } from '../../contract/labels.ts';
import type { EngineEvent } from '../../contract/schemas.ts';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import { LabelBook } from '../../core/labels/label-book.ts';
import type { RowStatement } from '../../core/labels/label-book.ts';
import type { LabelEvent, NewLabelEvent, ShownScore, Statement } from '../../core/labels/label-event.ts';
import type { LabelWord } from '../../core/labels/label-words.ts';
import { WORD_MEANINGS } from '../../core/labels/label-words.ts';
import { LABEL_CODE } from '../../core/evaluation/pair-rows.ts';
import type { GateLabels } from '../runs/sisg-gate.ts';
import { agreedLabels, rowLabelsOf } from '../../core/labels/row-labels.ts';
import { mixInGold, queueOrder } from '../../core/labels/queue-order.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';

/** Longest queue that is sent: nobody labels more at a sitting, and the next request continues. */
const LONGEST_QUEUE = 5000;

export interface LabelDeskOptions {
  readonly store: Pick<ProjectStore, 'labels' | 'appendLabels'>;
  /** Source_Name of every catalogue row. */
  readonly names: readonly string[];
  readonly catalogueFingerprint: string;
  readonly now: () => Date;
  /** What the window shows of the row; undefined without a run. */
  shownScore(row: number): ShownScore | undefined;
  publish(event: EngineEvent): void;
}

/** What the queue needs to know of the field and its runs. */
export interface QueueField {
  readonly sisg: Uint8Array;
  /** Mosaic of each row; −1 where it lies on none. */
  readonly mosaic: Int32Array;
  readonly probability: Float64Array | undefined;
  readonly otherProbability: Float64Array | undefined;
}

/** The labels of the open project: the history on disk and the state that it adds up to. */
export class LabelDesk {
  readonly #options: LabelDeskOptions;
  readonly #book: LabelBook;

  constructor(options: LabelDeskOptions) {
    this.#options = options;
    this.#book = new LabelBook(options.names, options.store.labels());
  }

  get book(): LabelBook {
    return this.#book;
  }

  /** One label per row on which the labellers agree, for evaluation and training. */
  rowLabels(groups?: ReadonlyMap<number, string>): RowLabels {
    return rowLabelsOf(this.#options.names, agreedLabels(this.#book).word, groups);
  }

  /** Classes of the rows on which the labellers agree, each row its own source; undefined where no row has one. */
  gateLabels(): GateLabels | undefined {
    const { word } = agreedLabels(this.#book);
    if (word.size === 0) return undefined;
    const label = new Uint8Array(this.#options.names.length);
    for (const [row, said] of word) label[row] = LABEL_CODE[WORD_MEANINGS[said].labelClass];
    if (!label.some((code) => code === LABEL_CODE.MC || code === LABEL_CODE.S)) return undefined;
    return { words: 'labels made in this project', label, source: Int32Array.from(label.keys()) };
  }

  state(labeller: string | undefined, isBlind: boolean): LabelState {
    const defaultLabeller = userInfo().username;
    const own = labeller ?? defaultLabeller;
    const whose = isBlind ? [own] : [own, ...this.#book.labellers.filter((name) => name !== own)];
    return {
      defaultLabeller,
      labellers: [...this.#book.labellers],
      statements: whose.flatMap((name) => this.#book.statementsOf(name).map(messageOf)),
      goldCount: this.#book.gold.size,
      passedOver: this.#book.passedOver,
    };
  }

  /** Stores what the labeller says of a row; it is on disk when this returns. @throws DomainFailure `argument-invalid` */
  give(request: z.output<typeof giveLabel>): RowStatementMessage {
    const { row, labeller, isProbabilityShown } = request;
    this.#requireRow(row);
    const before = this.#book.statement(labeller, row);
    const statement: Statement = {
      word: request.word === undefined ? before.word : (request.word ?? undefined),
      note: request.note ?? before.note,
      isStarred: request.isStarred ?? before.isStarred,
    };
    const shown = isProbabilityShown ? this.#options.shownScore(row) : undefined;
    return this.#append({ ...this.#line(row, labeller), ...statement, shown });
  }

  /** Takes the labeller's last act back by adding a line that says what was said before it. */
  undo(labeller: string): RowStatementMessage | null {
    const last = this.#book.lastAct(labeller);
    if (last === undefined) return null;
    const { word, note, isStarred } = last.before;
    const row = this.#book.rowOf(last.event)!;
    return this.#append({ ...this.#line(row, labeller), word, note, isStarred, undoes: last.event.id });
  }

  /** Labels, or known answers, for many rows at once. */
  giveAll(labeller: string, origin: 'import' | 'gold', words: ReadonlyMap<number, LabelWord>): void {
    const lines = [...words].map(([row, word]): NewLabelEvent => {
      const { note, isStarred } = this.#book.statement(labeller, row);
      return { ...this.#line(row, labeller), origin, word, note, isStarred };
    });
    for (const event of this.#options.store.appendLabels(lines)) this.#book.add(event);
    this.#options.publish({ type: 'labels-changed' });
  }

  queue(request: z.output<typeof queueRequest>, field: QueueField): LabelQueue {
    const { labeller, order, seed } = request;
    const done = this.#book.wordsOf(labeller);
    const isGold = (row: number): boolean => request.includesGold && this.#book.gold.has(row);
    const given = request.rows ?? Array.from(field.sisg.keys());
    // Nobody can judge a row without a picture; one that is class S by rule is looked at only where it was chosen.
    const isWorthALook = (row: number): boolean =>
      field.mosaic[row]! >= 0 && (request.rows !== undefined || field.sisg[row] !== 1);
    const rows = given.filter(
      (row) => isWorthALook(row) && !isGold(row) && (request.includesLabelled || !done.has(row)),
    );
    const { probability, otherProbability: other } = field;
    const ordered = queueOrder({ order, rows, probability, other, seed });
    const gold = [...this.#book.gold.keys()].filter((row) => isGold(row) && !done.has(row));
    const queue = mixInGold(ordered, gold, seed);
    return { rows: [...queue.subarray(0, LONGEST_QUEUE)], total: queue.length };
  }

  #requireRow(row: number): void {
    const { names } = this.#options;
    if (row < names.length) return;
    const why = `the catalogue has rows 0 to ${names.length - 1}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
  }

  /** A line about the row, to be filled. */
  #line(row: number, labeller: string) {
    const { names, catalogueFingerprint, now } = this.#options;
    return {
      row,
      sourceName: names[row]!,
      labeller,
      origin: 'hand' as const,
      undoes: undefined,
      shown: undefined,
      catalogueFingerprint,
      madeAt: now().toISOString(),
    };
  }

  #append(line: NewLabelEvent): RowStatementMessage {
    const [event] = this.#options.store.appendLabels([line]) as [LabelEvent];
    this.#book.add(event);
    const statement = messageOf(event);
    this.#options.publish({ type: 'label', statement });
    return statement;
  }
}

function messageOf({ row, labeller, word, note, isStarred }: RowStatement): RowStatementMessage {
  return { row, labeller, word: word ?? null, note, isStarred };
}
