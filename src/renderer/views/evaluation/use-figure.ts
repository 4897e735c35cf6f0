import { useMemo } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import { reliabilityBins } from '../../../core/evaluation/calibration.ts';
import type { CurveMetrics } from '../../../core/evaluation/evaluate-predictions.ts';
import { FAINT_LIMIT_MJY } from '../../../core/evaluation/evaluate-predictions.ts';
import { metricsOf } from '../../../core/evaluation/confusion.ts';
import { atPrevalence } from '../../../core/evaluation/prior.ts';
import { binByProperty, performanceByProperty, propertyEdges } from '../../../core/evaluation/property-performance.ts';
import { rocAuc } from '../../../core/evaluation/roc.ts';
import { countsAt, scoreTable } from '../../../core/evaluation/score-table.ts';
import { selectScoredRows } from '../../../core/evaluation/scored-rows.ts';
import { thresholdCurve } from '../../../core/evaluation/threshold-curve.ts';
import type { Figure, FigureSubject } from '../../../figures/figure.ts';
import { matrixFigure } from '../../../figures/matrix-figure.ts';
import { propertyFigure, stackedHistogramFigure } from '../../../figures/property-figures.ts';
import { precisionRecallFigure, rocFigure } from '../../../figures/rate-figures.ts';
import { calibrationFigure, scoreFigure } from '../../../figures/score-figures.ts';
import { thresholdCountsFigure, thresholdMetricsFigure } from '../../../figures/threshold-figures.ts';
import { metricValue, valueOrGap } from '../../../figures/words.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { useThreshold } from '../../state/threshold.ts';
import type { FigureChoice } from './figure-choices.ts';
import type { SourceProperty } from './source-properties.ts';
import type { Resampling } from './use-resampling.ts';
import { useResampled } from './use-resampling.ts';

const PROPERTY_BINS = 8;
const HISTOGRAM_BINS = 16;

export interface FigureRequest {
  readonly choice: FigureChoice;
  readonly judged: JudgedRows;
  readonly sources: SourceColumns;
  readonly predictions: PredictionColumns;
  readonly curve: CurveMetrics;
  readonly resampling: Resampling;
  readonly mode: AssociationMode;
  readonly property: SourceProperty;
  readonly subject: FigureSubject;
}

/** Samples of the matrices; rows of each are told by the index into the judged rows. */
export const MATRIX_SAMPLES = ['All, SISG → S', 'Non-SISG', 'SISG → S', '< 4 mJy', '≥ 4 mJy'] as const;

export function isInSample(name: string, judged: JudgedRows, sources: SourceColumns, index: number): boolean {
  const fluxMjy = sources.totalFluxMjy[judged.paired.catalogueRow[index]!]!;
  switch (name) {
    case 'Non-SISG':
      return judged.scored.isSisg[index] === 0;
    case 'SISG → S':
      return judged.scored.isSisg[index] === 1;
    case '< 4 mJy':
      return fluxMjy < FAINT_LIMIT_MJY;
    case '≥ 4 mJy':
      return fluxMjy >= FAINT_LIMIT_MJY;
    default:
      return true;
  }
}

/** The chosen figure, made anew only when what it shows changed: curves do not depend on the threshold. */
export function useFigure(request: FigureRequest): { readonly figure: Figure; readonly binOf: Int16Array | undefined } {
  const { choice, judged, sources, predictions, curve, resampling, mode, property, subject } = request;
  const moving = useThreshold((state) =>
    choice === 'matrices' || choice === 'property' || choice === 'histogram' ? state.threshold : 0,
  );

  const tables = useMemo(
    () =>
      MATRIX_SAMPLES.map((name) => ({
        name,
        table: scoreTable(judged.scored, (index) => isInSample(name, judged, sources, index)),
      })),
    [judged, sources],
  );
  const bins = useMemo(() => {
    if (choice !== 'property' && choice !== 'histogram') return undefined;
    const all = property.valuesOf(sources, predictions);
    const values = Float64Array.from(judged.paired.catalogueRow, (row) => all[row]!);
    const count = choice === 'property' ? PROPERTY_BINS : HISTOGRAM_BINS;
    return binByProperty(judged.scored, values, propertyEdges(values, count, property.isLog));
  }, [choice, property, sources, predictions, judged]);
  const question = useMemo(
    () =>
      bins === undefined || choice !== 'property'
        ? undefined
        : ({ kind: 'property', threshold: moving, mode, bins: { edges: bins.edges, binOf: bins.binOf } } as const),
    [bins, choice, moving, mode],
  );
  const intervals = useResampled(resampling, question)?.intervals;

  const figure = useMemo((): Figure => {
    const start = useThreshold.getState().threshold;
    const all = tables[0]!.table;
    switch (choice) {
      case 'threshold-metrics':
      case 'threshold-counts': {
        const curves = {
          raw: thresholdCurve(all, 'raw'),
          corrected: thresholdCurve(all, mode === 'raw' ? 'moved' : mode),
        };
        const alwaysS = valueOrGap(metricsOf(countsAt(all, 1, 'raw')).alwaysSAccuracy);
        return choice === 'threshold-metrics'
          ? thresholdMetricsFigure(curves, alwaysS, start, subject)
          : thresholdCountsFigure(curves, start, subject);
      }
      case 'roc':
        return rocFigure(
          [{ name: '', table: all, area: curve.rocAuc }],
          metricValue(rocAuc(judged.scored.isMc, judged.scored.score)),
          start,
          subject,
        );
      case 'precision-recall':
        return precisionRecallFigure([{ name: '', table: all, area: curve.averagePrecision }], start, subject);
      case 'matrices':
        return matrixFigure(
          tables.map(({ name, table }) => ({ name, counts: countsAt(table, moving, mode) })),
          moving,
          mode,
          subject,
        );
      case 'property':
        return propertyFigure(
          property,
          performanceByProperty(bins!, moving, mode),
          intervals,
          bins!.missing,
          moving,
          mode,
          subject,
        );
      case 'histogram':
        return stackedHistogramFigure(property, performanceByProperty(bins!, moving, mode), moving, mode, subject);
      case 'scores': {
        const { mc, s } = tables[1]!.table;
        return scoreFigure({ mc, s }, s, start, subject);
      }
      case 'calibration': {
        const network = selectScoredRows(judged.scored, (index) => judged.scored.isSisg[index] === 0);
        const prevalence = tables[1]!.table.mc.length / Math.max(1, network.isMc.length);
        return calibrationFigure(
          reliabilityBins(network.isMc, network.probability),
          reliabilityBins(
            network.isMc,
            network.probability.map((value) => atPrevalence(value, prevalence)),
          ),
          prevalence,
          curve,
          subject,
        );
      }
    }
  }, [choice, judged, tables, bins, intervals, moving, mode, property, curve, subject]);
  return { figure, binOf: bins?.binOf };
}
