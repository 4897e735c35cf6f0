import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { ScoredRows } from '../../../core/evaluation/scored-rows.ts';
import type { Desk } from './newest-answer.ts';
import { openDesk } from './newest-answer.ts';
import type { ResamplingAnswer, ResamplingQuestion } from './resampling.ts';

export type Resampling = Desk<ResamplingQuestion, ResamplingAnswer>;

/** Resampling waits for a dragged threshold to rest [ms]; the numbers themselves do not. */
const RESTING_MS = 200;

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

/**
 * The answer to a question, undefined until it is there and as soon as another is asked.
 * @param question undefined asks nothing; kept the same object for as long as it is the same question
 */
export function useResampled<Kind extends ResamplingQuestion['kind']>(
  resampling: Resampling,
  question: Extract<ResamplingQuestion, { kind: Kind }> | undefined,
): Extract<ResamplingAnswer, { kind: Kind }> | undefined {
  type Answer = Extract<ResamplingAnswer, { kind: Kind }>;
  const [found, setFound] = useState<{ readonly to: unknown; readonly answer: Answer } | undefined>(undefined);
  const [resting] = useDebouncedValue(question, RESTING_MS);
  useEffect(() => {
    if (resting === undefined) return undefined;
    let isOvertaken = false;
    void resampling.ask(resting).then((answer) => {
      if (answer !== undefined && !isOvertaken) setFound({ to: resting, answer: answer as Answer });
    });
    return () => {
      isOvertaken = true;
    };
  }, [resampling, resting]);
  return found?.to === question ? found?.answer : undefined;
}
