/** What computed each part of a run: from a batch on, until the next part begins. A run from before this has no entry. */
export const runDevices = `
CREATE TABLE run_devices (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  from_batch INTEGER NOT NULL,
  provider TEXT NOT NULL,
  adapter TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (run, from_batch)
) STRICT, WITHOUT ROWID;
`;
