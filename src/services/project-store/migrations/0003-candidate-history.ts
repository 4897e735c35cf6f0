/** The history of association candidates: lines are added and never changed. No member: the candidate is withdrawn. */
export const candidateHistory = `
CREATE TABLE candidate_history (
  id INTEGER PRIMARY KEY,
  candidate INTEGER REFERENCES candidate_history (id),
  members_json TEXT NOT NULL,
  labeller TEXT NOT NULL,
  threshold REAL NOT NULL,
  model_id TEXT,
  catalogue_fingerprint TEXT NOT NULL,
  made_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER candidate_history_is_not_changed BEFORE UPDATE ON candidate_history
BEGIN SELECT RAISE(ABORT, 'the history of candidates is never changed'); END;

CREATE TRIGGER candidate_history_is_not_shortened BEFORE DELETE ON candidate_history
BEGIN SELECT RAISE(ABORT, 'the history of candidates is never shortened'); END;
`;
