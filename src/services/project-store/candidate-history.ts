import type { CandidateEvent, NewCandidateEvent } from '../../core/association/candidate.ts';
import type { Sqlite } from './sqlite-file.ts';

interface HistoryRow {
  readonly id: number;
  readonly candidate: number | null;
  readonly members_json: string;
  readonly labeller: string;
  readonly threshold: number;
  readonly model_id: string | null;
  readonly catalogue_fingerprint: string;
  readonly made_at: string;
}

/** Adds the lines in one transaction; they are on disk when this returns. */
export function appendCandidates(sqlite: Sqlite, events: readonly NewCandidateEvent[]): void {
  const insert = sqlite.prepare(
    `INSERT INTO candidate_history (candidate, members_json, labeller, threshold, model_id, catalogue_fingerprint, made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  sqlite.transaction(() => {
    for (const event of events) {
      insert.run(
        event.candidate ?? null,
        JSON.stringify(event.members),
        event.labeller,
        event.threshold,
        event.modelId ?? null,
        event.catalogueFingerprint,
        event.madeAt,
      );
    }
  })();
}

/** The whole history, oldest first. A line whose members cannot be read counts as withdrawn. */
export function readCandidates(sqlite: Sqlite): readonly CandidateEvent[] {
  const rows = sqlite.prepare('SELECT * FROM candidate_history ORDER BY id').all() as HistoryRow[];
  return rows.map((stored) => ({
    id: stored.id,
    candidate: stored.candidate ?? undefined,
    members: membersOf(stored.members_json),
    labeller: stored.labeller,
    threshold: stored.threshold,
    modelId: stored.model_id ?? undefined,
    catalogueFingerprint: stored.catalogue_fingerprint,
    madeAt: stored.made_at,
  }));
}

/** Project files may come from anybody: what is not a list of members is none. */
function membersOf(json: string): CandidateEvent['members'] {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(read) ? read.filter(isMember) : [];
}

function isMember(value: unknown): value is CandidateEvent['members'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { row, sourceName } = value as Record<string, unknown>;
  return Number.isInteger(row) && typeof sourceName === 'string';
}
