import { useEffect, useMemo, useState } from 'react';
import type { CurveMetrics } from '../../../core/evaluation/evaluate-predictions.ts';
import { evaluateCurves } from '../../../core/evaluation/evaluate-predictions.ts';
import { selectScoredRows } from '../../../core/evaluation/scored-rows.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import type { CurveRequest } from './curve-worker.ts';

const SEED = 1;

/** Areas, Brier score and calibration error of the non-SISG rows: the numbers at once, their intervals when resampled. */
export function useCurveMetrics(judged: JudgedRows): CurveMetrics {
  const network = useMemo(() => selectScoredRows(judged.scored, (row) => judged.scored.isSisg[row] === 0), [judged]);
  const plain = useMemo(() => evaluateCurves(network, { seed: SEED, resampleCount: 0 }), [network]);
  const [resampled, setResampled] = useState<{ readonly of: JudgedRows; readonly curve: CurveMetrics } | undefined>(
    undefined,
  );
  useEffect(() => {
    const worker = new Worker(new URL('./curve-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<CurveMetrics>) => {
      setResampled({ of: judged, curve: data });
      worker.terminate();
    });
    const request: CurveRequest = { rows: network, bootstrap: { seed: SEED } };
    worker.postMessage(request);
    return () => worker.terminate();
  }, [judged, network]);
  return resampled?.of === judged ? resampled.curve : plain;
}
