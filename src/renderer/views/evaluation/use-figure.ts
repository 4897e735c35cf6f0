import { useMemo } from 'react';
import type { SourceColumns } from '../../../contract/column-sets.ts';
import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import { reliabilityBins } from '../../../core/evaluation/calibration.ts';
import type { CurveMetrics } from '../../../core/evaluation/evaluate-predictions.ts';
import { FAINT_LIMIT_MJY } from '../../../core/evaluation/evaluate-predictions.ts';
import { metricsOf } from '../../../core/evaluation/confusion.ts';
import { atPrevalence } from '../../../core/evaluation/prior.ts';
import { binByProperty, performanceByProperty, propertyEdges } from '../../../core/evaluation/property-performance.ts';
import type { PropertyBins } from '../../../core/evaluation/property-performance.ts';
import { averagePrecision } from '../../../core/evaluation/precision-recall.ts';
import { rocAuc } from '../../../core/evaluation/roc.ts';
import type { ScoreTable } from '../../../core/evaluation/score-table.ts';
import { countsAt, scoreTable, scoreTables } from '../../../core/evaluation/score-table.ts';
import { selectScoredRows } from '../../../core/evaluation/scored-rows.ts';
import { thresholdCurve } from '../../../core/evaluation/threshold-curve.ts';
import type { Figure, FigureSubject } from '../../../figures/figure.ts';
import { SUBSET_DASHES } from '../../../figures/figure.ts';
import { matrixFigure, matrixFrame } from '../../../figures/matrix-figure.ts';
import type { Property } from '../../../figures/property-figures.ts';
import {
  fullestOf,
  histogramFrame,
  propertyFigure,
  propertyFrame,
  stackedHistogramFigure,
} from '../../../figures/property-figures.ts';
import type { RateSeries } from '../../../figures/rate-figures.ts';
import { precisionRecallFigure, rocFigure } from '../../../figures/rate-figures.ts';
import { calibrationFigure, scoreFigure } from '../../../figures/score-figures.ts';
import { thresholdCountsFigure, thresholdMetricsFigure } from '../../../figures/threshold-figures.ts';
import { valueOrGap, withInterval } from '../../../figures/words.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { useThreshold } from '../../state/threshold.ts';
import type { FigureChoice } from './figure-choices.ts';
import { networkRows } from './resampling.ts';
import type { Resampling } from './use-resampling.ts';
import { useAnswer } from './use-answer.ts';
import type { JudgedSubset } from './use-subset.ts';

const PROPERTY_BINS = 8;
const HISTOGRAM_BINS = 16;

export interface FigureRequest {
  readonly choice: FigureChoice;
  readonly judged: JudgedRows;
  readonly sources: SourceColumns;
  readonly curve: CurveMetrics;
  readonly resampling: Resampling;
  readonly mode: AssociationMode;
  readonly property: Property;
  /** One value per catalogue row; empty while they are on their way. */
  readonly propertyValues: ArrayLike<number>;
  readonly subject: FigureSubject;
  /** What is chosen, shown against all. */
  readonly subset: JudgedSubset | undefined;
}

/** What is chosen, in captions and legends, and as a sample of the matrices. */
export const SUBSET_NAME = 'the selection';
export const SUBSET_SAMPLE = 'Selection';

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

export interface ShownFigure {
  readonly figure: Figure;
  /** Of the figures over a property: its bins, and its value for each judged row. */
  readonly bins: PropertyBins | undefined;
  readonly values: Float64Array | undefined;
}

/** The chosen figure, made anew only when what it shows changed: curves do not depend on the threshold. */
export function useFigure(request: FigureRequest): ShownFigure {
  const { choice, judged, sources, curve, resampling, mode, property, propertyValues, subject, subset } = request;
  const isMoving = choice === 'matrices' || choice === 'property' || choice === 'histogram';
  const moving = useThreshold(({ threshold }) => (isMoving ? threshold : 0));

  const tables = useMemo(
    () =>
      MATRIX_SAMPLES.map((name) => ({
        name,
        table: scoreTable(judged.scored, (index) => isInSample(name, judged, sources, index)),
      })),
    [judged, sources],
  );
  const samples = useMemo(
    () => (subset === undefined ? tables : [...tables, { name: SUBSET_SAMPLE, table: subset.table }]),
    [tables, subset],
  );
  // Ranks every row: once for the rows, not again when an interval arrives.
  const aucWithSisg = useMemo(
    () => (choice === 'roc' ? withInterval(rocAuc(judged.scored.isMc, judged.scored.score), undefined) : ''),
    [choice, judged],
  );
  const values = useMemo(() => {
    if (choice !== 'property' && choice !== 'histogram') return undefined;
    return Float64Array.from(judged.paired.catalogueRow, (row) => propertyValues[row] ?? Number.NaN);
  }, [choice, propertyValues, judged]);
  const bins = useMemo(() => {
    if (values === undefined) return undefined;
    const count = choice === 'property' ? PROPERTY_BINS : HISTOGRAM_BINS;
    return binByProperty(judged.scored, values, propertyEdges(values, count, property.isLog));
  }, [choice, property, values, judged]);
  const subsetBins = useMemo(() => {
    if (bins === undefined || subset === undefined) return undefined;
    const binOf = bins.binOf.map((bin, index) => (subset.isIn(index) ? bin : -1));
    const tables = scoreTables(judged.scored, binOf, bins.bins.length);
    return bins.bins.map((bin, at) => ({ ...bin, table: tables[at]! }));
  }, [bins, subset, judged]);
  // Axes and words are plotted once for the rows; a step of the threshold draws marks alone.
  const frame = useMemo(() => {
    if (choice === 'matrices') return matrixFrame(samples.map(({ name }) => name));
    if (bins === undefined) return undefined;
    return choice === 'property'
      ? propertyFrame(property, bins.bins)
      : histogramFrame(property, bins.bins, fullestOf(performanceByProperty(bins, 0, 'raw')));
  }, [choice, samples, property, bins]);
  const resting = useRestingThreshold((state) => state.threshold);
  const question = useMemo(
    () =>
      bins === undefined || choice !== 'property'
        ? undefined
        : ({ kind: 'property', threshold: resting, mode, bins: { edges: bins.edges, binOf: bins.binOf } } as const),
    [bins, choice, resting, mode],
  );
  const answer = useAnswer(resampling, question);
  const intervals = resting === moving ? answer?.intervals : undefined;

  const figure = useMemo((): Figure => {
    const start = useThreshold.getState().threshold;
    const all = tables[0]!.table;
    switch (choice) {
      case 'threshold-metrics':
      case 'threshold-counts': {
        const curves = {
          raw: thresholdCurve(all, 'raw'),
          corrected: thresholdCurve(all, mode === 'raw' ? 'moved' : mode),
          subset: subset && thresholdCurve(subset.table, mode === 'raw' ? 'moved' : mode),
        };
        const alwaysS = valueOrGap(metricsOf(countsAt(all, 1, 'raw')).alwaysSAccuracy);
        return choice === 'threshold-metrics'
          ? thresholdMetricsFigure(curves, alwaysS, start, subject)
          : thresholdCountsFigure(curves, start, subject);
      }
      case 'roc':
        return rocFigure(series(all, curve, 'rocAuc', judged, subset), aucWithSisg, start, subject);
      case 'precision-recall':
        return precisionRecallFigure(series(all, curve, 'averagePrecision', judged, subset), start, subject);
      case 'matrices':
        return matrixFigure(
          samples.map(({ name, table }) => ({ name, counts: countsAt(table, moving, mode) })),
          moving,
          mode,
          subject,
          frame,
        );
      case 'property':
      case 'histogram': {
        const shown = {
          property,
          bins: performanceByProperty(bins!, moving, mode),
          threshold: moving,
          mode,
          subject,
          subset: subsetBins && performanceByProperty({ bins: subsetBins }, moving, mode),
          frame,
        };
        return choice === 'property'
          ? propertyFigure({ ...shown, intervals, missing: bins!.missing })
          : stackedHistogramFigure(shown);
      }
      // Rotation has a view of its own, which asks before it computes.
      case 'rotation':
      case 'scores': {
        const { mc, s } = tables[1]!.table;
        return scoreFigure(
          { mc, s },
          s,
          start,
          subject,
          subset && Float64Array.from([...subset.table.mc, ...subset.table.s]).sort(),
        );
      }
      case 'calibration': {
        const { isSisg } = judged.scored;
        const network = networkRows(judged.scored);
        const chosen = subset && selectScoredRows(judged.scored, (index) => isSisg[index] === 0 && subset.isIn(index));
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
          chosen && reliabilityBins(chosen.isMc, chosen.probability),
        );
      }
    }
  }, [
    choice,
    judged,
    tables,
    samples,
    bins,
    subset,
    subsetBins,
    intervals,
    aucWithSisg,
    frame,
    moving,
    mode,
    property,
    curve,
    subject,
  ]);
  return { figure, bins, values };
}

/** All rows and, beside them, what is chosen of them; its area without an interval, which few rows do not carry. */
function series(
  table: ScoreTable,
  curve: CurveMetrics,
  area: 'rocAuc' | 'averagePrecision',
  { scored }: JudgedRows,
  subset: JudgedSubset | undefined,
): readonly RateSeries[] {
  const all = { name: 'all', table, area: curve[area] };
  if (subset === undefined) return [all];
  const chosen = selectScoredRows(scored, (index) => scored.isSisg[index] === 0 && subset.isIn(index));
  const metric = area === 'rocAuc' ? rocAuc(chosen.isMc, chosen.score) : averagePrecision(chosen.isMc, chosen.score);
  return [
    all,
    { name: SUBSET_NAME, table: subset.table, area: { metric, interval: undefined }, dashes: SUBSET_DASHES },
  ];
}
