import { useEffect, useMemo } from 'react';
import type { ScoredRows } from '../../../core/evaluation/scored-rows.ts';
import type { Desk } from './newest-answer.ts';
import { openDesk } from './newest-answer.ts';
import type { ResamplingAnswer, ResamplingQuestion } from './resampling.ts';

export type Resampling = Desk<ResamplingQuestion, ResamplingAnswer>;

/** A worker that resamples the rows, for as long as they are shown. */
export function useResampling(rows: ScoredRows): Resampling {
  const resampling = useMemo(
    (): Resampling =>
      openDesk(() => {
        const worker = new Worker(new URL('./resampling-worker.ts', import.meta.url), { type: 'module' });
        worker.postMessage(rows);
        return worker;
      }),
    [rows],
  );
  useEffect(() => () => resampling.end(), [resampling]);
  return resampling;
}
