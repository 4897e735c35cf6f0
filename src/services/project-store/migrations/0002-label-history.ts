/**
 * The history of labels made by hand. Lines are added and never changed: the triggers hold that against any mistake in
 * the program. A missing word is a label taken back; `undoes` is the line that this one takes back.
 */
export const labelHistory = `
CREATE TABLE label_history (
  id INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  source_name TEXT NOT NULL,
  labeller TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('hand', 'import', 'gold')),
  word TEXT,
  note TEXT NOT NULL,
  is_starred INTEGER NOT NULL CHECK (is_starred IN (0, 1)),
  undoes INTEGER REFERENCES label_history (id),
  run INTEGER,
  model_id TEXT,
  weights_sha256 TEXT,
  probability REAL,
  catalogue_fingerprint TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER label_history_is_not_changed BEFORE UPDATE ON label_history
BEGIN SELECT RAISE(ABORT, 'the history of labels is never changed'); END;

CREATE TRIGGER label_history_is_not_shortened BEFORE DELETE ON label_history
BEGIN SELECT RAISE(ABORT, 'the history of labels is never shortened'); END;
`;
