import type { LabelWord } from './label-words.ts';

/** What one labeller has to say of one row, after an event. */
export interface Statement {
  /** Undefined: no label, or it was taken back. */
  readonly word: LabelWord | undefined;
  readonly note: string;
  readonly isStarred: boolean;
}

export const NOTHING_SAID: Statement = { word: undefined, note: '', isStarred: false };

/** The number that stood on the screen when the label was given. */
export interface ShownScore {
  readonly runId: number;
  readonly modelId: string;
  readonly weightsSha256: string;
  /** P(MC) [0..1]; undefined where the row had none. */
  readonly probability: number | undefined;
}

/**
 * `hand`: given in the window. `import`: read from a file. `gold`: the known answer of a row that is mixed into the queue
 * unmarked, to see how well a labeller does; it is nobody's label.
 */
export type LabelOrigin = 'hand' | 'import' | 'gold';

export interface NewLabelEvent extends Statement {
  /** Catalogue row, from 0, and its Source_Name ('' where it has none): the name counts if the two disagree. */
  readonly row: number;
  readonly sourceName: string;
  readonly labeller: string;
  readonly origin: LabelOrigin;
  /** Id of the event that this one takes back. */
  readonly undoes: number | undefined;
  /** Undefined where no probability was shown: hidden on purpose, no run, or an imported label. */
  readonly shown: ShownScore | undefined;
  /** Fingerprint of the catalogue that the row counts in. */
  readonly catalogueFingerprint: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

/** One line of the history. It is never changed: a correction is another line. */
export interface LabelEvent extends NewLabelEvent {
  /** Position in the history, from 1. */
  readonly id: number;
}
