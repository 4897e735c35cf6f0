/**
 * The first project file. Missing numbers are NULL; times are ISO 8601 in UTC; JSON columns hold what the program reads
 * back whole and never searches.
 */
export const firstTables = `
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

-- The files the project is about. The path is relative to the project file, so that both can move together; the
-- absolute path is where they were when the project was written, and the second place to look.
CREATE TABLE inputs (
  role TEXT NOT NULL CHECK (role IN ('mosaic', 'catalogue', 'gaussians', 'lr')),
  position INTEGER NOT NULL,
  relative_path TEXT NOT NULL,
  absolute_path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  model_id TEXT NOT NULL,
  is_trained INTEGER NOT NULL CHECK (is_trained IN (0, 1)),
  weights_sha256 TEXT NOT NULL,
  recipe_json TEXT NOT NULL,
  input_fingerprints_json TEXT NOT NULL,
  software_version TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'complete', 'cancelled', 'failed')),
  score_sisg INTEGER NOT NULL CHECK (score_sisg IN (0, 1)),
  threshold REAL NOT NULL,
  row_count INTEGER NOT NULL,
  rows_done INTEGER NOT NULL DEFAULT 0,
  batch_count INTEGER,
  next_batch INTEGER NOT NULL DEFAULT 0,
  poisoned_rows_json TEXT NOT NULL DEFAULT '[]',
  started_at TEXT NOT NULL,
  finished_at TEXT,
  failure TEXT
) STRICT;

CREATE TABLE predictions (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  status TEXT NOT NULL,
  probability REAL,
  valid_fraction REAL,
  mosaic INTEGER NOT NULL,
  PRIMARY KEY (run, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE view_state (
  key TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
