import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { loadTrainingSplit } from '../../api/load-reference.ts';
import { notifyError } from '../../api/notify.ts';
import { usePredictions } from '../../state/predictions.ts';

/** What the model of the run on screen saw of each row in its training; undefined where it does not say. */
export function useTrainingSplit(): Uint8Array | undefined {
  const runId = usePredictions((state) => state.columns?.runId);
  const { data, error } = useQuery({
    queryKey: ['training-split', runId],
    queryFn: ({ signal }) => loadTrainingSplit(signal),
    enabled: runId !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  useEffect(() => {
    if (error !== null) notifyError('What the model was trained on is not known', error);
  }, [error]);
  return data ?? undefined;
}
