import type { BootstrapOptions } from '../../../core/evaluation/bootstrap.ts';
import { evaluateCurves } from '../../../core/evaluation/evaluate-predictions.ts';
import type { ScoredRows } from '../../../core/evaluation/scored-rows.ts';

/** Resampling areas takes seconds for a survey: it has a thread of its own. */
export interface CurveRequest {
  readonly rows: ScoredRows;
  readonly bootstrap: BootstrapOptions;
}

self.addEventListener('message', ({ data }: MessageEvent<CurveRequest>) => {
  self.postMessage(evaluateCurves(data.rows, data.bootstrap));
});
