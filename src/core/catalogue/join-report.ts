/** What joined when a file beside the catalogue was read: a join that finds little says so before a run. */
export interface JoinReport {
  readonly what: 'gaussians' | 'likelihood ratios' | 'labels' | 'scores';
  readonly path: string;
  readonly fileRows: number;
  /** Rows of the file that belong to a source of the catalogue. */
  readonly joinedRows: number;
  /** Sources that found something, by what they found it. */
  readonly sourcesByName: number;
  /** By PyBDSF's `Source_id`. */
  readonly sourcesById: number;
  readonly sourcesByPosition: number;
  readonly sourcesWithout: number;
}

/** The counts of a join as one sentence. */
export function joinSentence(join: JoinReport): string {
  const { what, path, fileRows, joinedRows, sourcesByName, sourcesById, sourcesByPosition, sourcesWithout } = join;
  return (
    `${what}: ${joinedRows} of ${fileRows} rows of ${path} joined; sources: ${sourcesByName} by name, ` +
    `${sourcesById} by Source_id, ${sourcesByPosition} by position, ${sourcesWithout} without`
  );
}
