/**
 * An association candidate: catalogue rows that somebody thinks are components of one physical source. It is a proposal
 * for association codes and other people to check, never truth.
 */
export interface Candidate {
  /** Id of the line that began it. */
  readonly id: number;
  /** Rows of the open catalogue, the one it was proposed for first. */
  readonly rows: readonly number[];
  readonly labeller: string;
  /** ISO 8601, UTC, of its newest line. */
  readonly madeAt: string;
}

export interface NewCandidateEvent {
  /** Id of the line that began the candidate; undefined for a new one. */
  readonly candidate: number | undefined;
  /** Members with their Source_Name, by which they are found again; none where the candidate is withdrawn. */
  readonly members: readonly { readonly row: number; readonly sourceName: string }[];
  readonly labeller: string;
  /** What was on the screen: the threshold at which rows counted as flagged [0..1], and the model. */
  readonly threshold: number;
  readonly modelId: string | undefined;
  readonly catalogueFingerprint: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

/** One line of the history of candidates; it is never changed. */
export interface CandidateEvent extends NewCandidateEvent {
  readonly id: number;
}

/**
 * The candidates that a history adds up to. A member whose source is not in the catalogue is left out, and with fewer
 * than two members there is no candidate.
 * @param rowOf row of a member in the open catalogue
 */
export function candidatesOf(
  events: Iterable<CandidateEvent>,
  rowOf: (member: CandidateEvent['members'][number]) => number | undefined,
): Map<number, Candidate> {
  const found = new Map<number, Candidate>();
  for (const event of events) {
    const id = event.candidate ?? event.id;
    const rows = [...new Set(event.members.map(rowOf))].filter((row) => row !== undefined);
    if (rows.length < 2) found.delete(id);
    else found.set(id, { id, rows, labeller: event.labeller, madeAt: event.madeAt });
  }
  return found;
}
