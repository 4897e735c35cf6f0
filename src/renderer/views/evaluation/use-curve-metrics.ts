import { useMemo } from 'react';
import type { CurveMetrics } from '../../../core/evaluation/evaluate-predictions.ts';
import { curveMetricsWithoutIntervals } from '../../../core/evaluation/evaluate-predictions.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { networkRows } from './resampling.ts';
import { useAnswer } from './use-answer.ts';
import { useResampling } from './use-resampling.ts';

const CURVES = { kind: 'curves' } as const;

/** Areas, Brier score and calibration error of the non-SISG rows: the numbers at once, their intervals when resampled. */
export function useCurveMetrics(judged: JudgedRows): CurveMetrics {
  const plain = useMemo(() => curveMetricsWithoutIntervals(networkRows(judged.scored)), [judged]);
  // A worker of its own: what is asked at the threshold does not wait for these seconds.
  const resampling = useResampling(judged.scored);
  return useAnswer(resampling, CURVES)?.curves ?? plain;
}
