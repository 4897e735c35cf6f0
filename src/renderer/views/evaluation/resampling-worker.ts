import type { ScoredRows } from '../../../core/evaluation/scored-rows.ts';
import type { ResamplingQuestion } from './resampling.ts';
import { answerResampling } from './resampling.ts';

/** Entry of the worker: the rows come first, then questions about them. */
let rows: ScoredRows | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ScoredRows | ResamplingQuestion>) => {
  if (!('kind' in data)) rows = data;
  else if (rows !== undefined) self.postMessage(answerResampling(rows, data));
});
