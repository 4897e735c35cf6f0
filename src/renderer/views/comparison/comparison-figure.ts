import type { PairedMetric } from '../../../core/evaluation/compare-models.ts';
import type { CurveMetricName } from '../../../core/evaluation/curve-metrics.ts';
import { undefinedMetric } from '../../../core/evaluation/metric.ts';
import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import { rocAuc } from '../../../core/evaluation/roc.ts';
import type { ScoreTable } from '../../../core/evaluation/score-table.ts';
import type { Figure } from '../../../figures/figure.ts';
import { precisionRecallFigure, rocFigure } from '../../../figures/rate-figures.ts';
import { withInterval } from '../../../figures/words.ts';
import { trainedOnWarning } from '../evaluation/model-words.ts';

/** Both curves in one figure; the ring is the first one's threshold. Areas are dashes until they are computed. */
export function comparisonFigure(
  curve: 'roc' | 'precision-recall',
  { first, learnedFrom }: PairedResults,
  tables: readonly [ScoreTable, ScoreTable],
  areas: Readonly<Record<CurveMetricName, PairedMetric>> | undefined,
  names: { readonly first: string; readonly second: string },
  threshold: number,
  fieldName: string,
): Figure {
  const area = areas?.[curve === 'roc' ? 'rocAuc' : 'averagePrecision'];
  const open = undefinedMetric('not computed yet');
  const series = [
    { name: names.first, table: tables[0], area: { metric: area?.first ?? open, interval: undefined } },
    { name: names.second, table: tables[1], area: { metric: area?.second ?? open, interval: undefined } },
  ];
  const subject = {
    source: `${fieldName}, ${names.first} coloured, ${names.second} dashed (uncorrected)`,
    rows: first.isMc.length,
    mc: tables[0].mc.length,
    warning: trainedOnWarning(learnedFrom),
  };
  const figure =
    curve === 'roc'
      ? rocFigure(series, withInterval(rocAuc(first.isMc, first.score), undefined), threshold, subject)
      : precisionRecallFigure(series, threshold, subject);
  return { ...figure, name: `${figure.name}-compared` };
}
