import { atPrevalence } from '../../core/evaluation/prior.ts';
import { reliabilityBins } from '../../core/evaluation/calibration.ts';
import type { Evaluation, SampleName } from '../../core/evaluation/evaluate-predictions.ts';
import {
  binByProperty,
  performanceByProperty,
  propertyIntervals,
  propertyEdges,
} from '../../core/evaluation/property-performance.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { selectScoredRows } from '../../core/evaluation/scored-rows.ts';
import { scoreTable } from '../../core/evaluation/score-table.ts';
import { thresholdCurve } from '../../core/evaluation/threshold-curve.ts';
import type { Figure, FigureSubject } from '../../figures/figure.ts';
import { matrixFigure } from '../../figures/matrix-figure.ts';
import type { Property } from '../../figures/property-figures.ts';
import { propertyFigure, stackedHistogramFigure } from '../../figures/property-figures.ts';
import { precisionRecallFigure, rocFigure } from '../../figures/rate-figures.ts';
import { calibrationFigure, scoreFigure } from '../../figures/score-figures.ts';
import { thresholdCountsFigure, thresholdMetricsFigure } from '../../figures/threshold-figures.ts';
import { withInterval } from '../../figures/words.ts';

/** A property of the judged rows, for the figures that look at performance against it. */
export interface PropertyColumn {
  readonly property: Property;
  /** One value per judged row; NaN where it is missing. */
  readonly values: Float64Array;
}

const PROPERTY_BINS = 8;
const HISTOGRAM_BINS = 16;

const SAMPLE_TITLES: Readonly<Record<SampleName, string>> = {
  all: 'All, SISG → S',
  nonSisg: 'Non-SISG',
  sisg: 'SISG → S',
  below4Mjy: '< 4 mJy',
  above4Mjy: '≥ 4 mJy',
};

/** The paper's figures of an evaluation, in the paper's order (Figs. 9 to 14), then scores and calibration. */
export function reportFigures(
  rows: ScoredRows,
  evaluation: Evaluation,
  properties: readonly PropertyColumn[],
  subject: FigureSubject,
  seed: number,
): readonly Figure[] {
  const { threshold, curve } = evaluation;
  const table = scoreTable(rows);
  const curves = { raw: thresholdCurve(table, 'raw'), corrected: thresholdCurve(table, 'moved') };
  const network = selectScoredRows(rows, (row) => rows.isSisg[row] === 0);
  const networkTable = scoreTable(network);
  const prevalence = networkTable.mc.length / Math.max(1, network.isMc.length);
  const series = (area: 'rocAuc' | 'averagePrecision') => [{ name: '', table, area: curve[area] }];
  const alwaysS = evaluation.samples.all?.byMode.raw.metrics.alwaysSAccuracy;
  const flux = properties.find(({ property }) => property.name === 'Total_flux');
  return [
    thresholdMetricsFigure(curves, alwaysS?.defined === true ? alwaysS.value : Number.NaN, threshold, subject),
    thresholdCountsFigure(curves, threshold, subject),
    rocFigure(series('rocAuc'), withInterval(evaluation.rocAucWithSisg, undefined), threshold, subject),
    precisionRecallFigure(series('averagePrecision'), threshold, subject),
    matrixFigure(
      Object.entries(evaluation.samples).map(([name, { byMode }]) => ({
        name: SAMPLE_TITLES[name as SampleName],
        counts: byMode.moved.counts,
      })),
      threshold,
      'moved',
      subject,
    ),
    ...properties.map(({ property, values }) => {
      const binned = binByProperty(rows, values, propertyEdges(values, PROPERTY_BINS, property.isLog));
      return propertyFigure({
        property,
        bins: performanceByProperty(binned, threshold, 'moved'),
        intervals: propertyIntervals(rows, binned, threshold, 'moved', { seed }),
        missing: binned.missing,
        threshold,
        mode: 'moved',
        subject,
      });
    }),
    ...(flux === undefined ? [] : [fluxHistogram(rows, flux, threshold, subject)]),
    scoreFigure({ mc: networkTable.mc, s: networkTable.s }, new Float64Array(0), threshold, subject),
    calibrationFigure(
      reliabilityBins(network.isMc, network.probability),
      reliabilityBins(
        network.isMc,
        network.probability.map((value) => atPrevalence(value, prevalence)),
      ),
      prevalence,
      curve,
      subject,
    ),
  ].filter(({ numbers }) => numbers.rows.length > 0);
}

function fluxHistogram(
  rows: ScoredRows,
  { property, values }: PropertyColumn,
  threshold: number,
  subject: FigureSubject,
): Figure {
  const edges = propertyEdges(values, HISTOGRAM_BINS, property.isLog);
  const bins = performanceByProperty(binByProperty(rows, values, edges), threshold, 'moved');
  return stackedHistogramFigure({ property, bins, threshold, mode: 'moved', subject });
}
