import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import type { ComparisonQuestion } from './comparison.ts';
import { answerComparison } from './comparison.ts';

/** Entry of the worker: the rows come first, then questions about them. */
let results: PairedResults | undefined;

self.addEventListener('message', ({ data }: MessageEvent<PairedResults | ComparisonQuestion>) => {
  if (!('kind' in data)) results = data;
  else if (results !== undefined) self.postMessage(answerComparison(results, data));
});
