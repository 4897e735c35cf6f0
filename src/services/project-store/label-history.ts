import type { LabelEvent, LabelOrigin, NewLabelEvent } from '../../core/labels/label-event.ts';
import { labelWordOf } from '../../core/labels/label-words.ts';
import type { Sqlite } from './sqlite-file.ts';

interface HistoryRow {
  readonly id: number;
  readonly row: number;
  readonly source_name: string;
  readonly labeller: string;
  readonly origin: LabelOrigin;
  readonly word: string | null;
  readonly note: string;
  readonly is_starred: number;
  readonly undoes: number | null;
  readonly run: number | null;
  readonly model_id: string | null;
  readonly weights_sha256: string | null;
  readonly probability: number | null;
  readonly catalogue_fingerprint: string;
  readonly made_at: string;
}

/** Adds the events in one transaction; they are on disk when this returns. */
export function appendLabels(sqlite: Sqlite, events: readonly NewLabelEvent[]): readonly LabelEvent[] {
  const insert = sqlite.prepare(
    `INSERT INTO label_history (row, source_name, labeller, origin, word, note, is_starred, undoes, run, model_id,
       weights_sha256, probability, catalogue_fingerprint, made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return sqlite.transaction(() =>
    events.map((event): LabelEvent => {
      const { lastInsertRowid } = insert.run(
        event.row,
        event.sourceName,
        event.labeller,
        event.origin,
        event.word ?? null,
        event.note,
        Number(event.isStarred),
        event.undoes ?? null,
        event.shown?.runId ?? null,
        event.shown?.modelId ?? null,
        event.shown?.weightsSha256 ?? null,
        event.shown?.probability ?? null,
        event.catalogueFingerprint,
        event.madeAt,
      );
      return { ...event, id: Number(lastInsertRowid) };
    }),
  )();
}

/** The whole history, oldest first. A word of a newer version of the program reads as no label. */
export function readLabels(sqlite: Sqlite): readonly LabelEvent[] {
  const rows = sqlite.prepare('SELECT * FROM label_history ORDER BY id').all() as HistoryRow[];
  return rows.map((stored) => ({
    id: stored.id,
    row: stored.row,
    sourceName: stored.source_name,
    labeller: stored.labeller,
    origin: stored.origin,
    word: stored.word === null ? undefined : labelWordOf(stored.word),
    note: stored.note,
    isStarred: stored.is_starred === 1,
    undoes: stored.undoes ?? undefined,
    shown:
      stored.run === null || stored.model_id === null || stored.weights_sha256 === null
        ? undefined
        : {
            runId: stored.run,
            modelId: stored.model_id,
            weightsSha256: stored.weights_sha256,
            probability: stored.probability ?? undefined,
          },
    catalogueFingerprint: stored.catalogue_fingerprint,
    madeAt: stored.made_at,
  }));
}
