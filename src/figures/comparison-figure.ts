import type { PairedMetric } from '../core/evaluation/compare-models.ts';
import type { CurveMetricName } from '../core/evaluation/curve-metrics.ts';
import { undefinedMetric } from '../core/evaluation/metric.ts';
import type { PairedResults } from '../core/evaluation/pair-two-results.ts';
import { rocAuc } from '../core/evaluation/roc.ts';
import type { ScoreTable } from '../core/evaluation/score-table.ts';
import type { Figure } from './figure.ts';
import { precisionRecallFigure, rocFigure } from './rate-figures.ts';
import { withInterval } from './words.ts';

/** What the two that are compared are called. */
export interface ComparedNames {
  readonly first: string;
  readonly second: string;
}

/** What is drawn of two models on the same rows. */
export interface ComparedCurves {
  readonly curve: 'roc' | 'precision-recall';
  readonly results: PairedResults;
  /** Of either, over all rows. */
  readonly tables: readonly [ScoreTable, ScoreTable];
  /** Areas under the curves; dashes stand for them until they are computed. */
  readonly areas: Readonly<Record<CurveMetricName, PairedMetric>> | undefined;
  readonly names: ComparedNames;
  /** Of the first: where its ring is. */
  readonly threshold: number;
  /** What the rows are of, as the field's name. */
  readonly fieldName: string;
  /** What must be read with it; empty where there is nothing to warn of. */
  readonly warning: string;
}

/** Both curves in one figure. */
export function comparisonFigure({
  curve,
  results,
  tables,
  areas,
  names,
  threshold,
  fieldName,
  warning,
}: ComparedCurves): Figure {
  const { first } = results;
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
    warning,
  };
  const figure =
    curve === 'roc'
      ? rocFigure(series, withInterval(rocAuc(first.isMc, first.score), undefined), threshold, subject)
      : precisionRecallFigure(series, threshold, subject);
  return { ...figure, name: `${figure.name}-compared` };
}
