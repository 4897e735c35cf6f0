/** Trainings begun in this project: what was asked, every epoch that is kept, and what came of it. */
export const trainings = `
CREATE TABLE trainings (
  id INTEGER PRIMARY KEY,
  model_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'failed', 'complete')),
  task_json TEXT NOT NULL,
  history_json TEXT NOT NULL DEFAULT '[]',
  result_json TEXT,
  failure TEXT,
  software_version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
`;
