import { useMemo, useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import type { McNemar, PairedMetric } from '../../../core/evaluation/compare-models.ts';
import { differenceOf } from '../../../core/evaluation/compare-models.ts';
import type { MetricName } from '../../../core/evaluation/confusion.ts';
import { metricsOf } from '../../../core/evaluation/confusion.ts';
import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import { countsAt, scoreTable } from '../../../core/evaluation/score-table.ts';
import type { ComparedNames } from '../../../figures/comparison-figure.ts';
import { comparisonFigure } from '../../../figures/comparison-figure.ts';
import { signedMetric, metricValue } from '../../../figures/words.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { count } from '../../components/format.ts';
import { FigureMenu } from '../evaluation/FigureMenu.tsx';
import { FigureView } from '../evaluation/FigureView.tsx';
import { trainedOnWarning } from '../evaluation/model-words.ts';
import { useAnswer } from '../evaluation/use-answer.ts';
import { useComparisonDesk } from './use-comparison.ts';

const METRICS: readonly { readonly name: MetricName; readonly label: string }[] = [
  { name: 'recall', label: 'Recall' },
  { name: 'precision', label: 'Precision' },
  { name: 'f1', label: 'F1' },
  { name: 'mcc', label: 'MCC' },
  { name: 'accuracy', label: 'Accuracy' },
];
const AREAS = { kind: 'areas' } as const;
const CURVES = [
  { value: 'roc', label: 'ROC' },
  { value: 'precision-recall', label: 'Precision–recall' },
] as const;

/** Threshold of either run. */
interface ComparedThresholds {
  readonly first: number;
  readonly second: number;
}

interface LabelledComparisonProps {
  readonly project: ProjectSummary;
  readonly results: PairedResults;
  readonly names: ComparedNames;
  readonly thresholds: ComparedThresholds;
  /** The same where a drag rests: intervals and McNemar's test are computed there. */
  readonly resting: ComparedThresholds;
  readonly mode: AssociationMode;
}

/** Numbers of both where the truth is known, how far they are apart, and both curves in one figure. */
export function LabelledComparison({ project, results, names, thresholds, resting, mode }: LabelledComparisonProps) {
  const { first, second } = thresholds;
  const [curve, setCurve] = useState<(typeof CURVES)[number]['value']>('roc');
  const desk = useComparisonDesk(results);
  const warning = trainedOnWarning(results.learnedFrom);
  const question = useMemo(
    () => ({ kind: 'thresholds', first: resting.first, second: resting.second, mode }) as const,
    [resting.first, resting.second, mode],
  );
  const answer = useAnswer(desk, question);
  const comparison = resting.first === first && resting.second === second ? answer?.comparison : undefined;
  const areas = useAnswer(desk, AREAS)?.areas;
  const tables = useMemo(() => [scoreTable(results.first), scoreTable(results.second)] as const, [results]);
  const [own, other] = [metricsOf(countsAt(tables[0], first, mode)), metricsOf(countsAt(tables[1], second, mode))];
  const figure = useMemo(
    () =>
      comparisonFigure({ curve, results, tables, areas, names, threshold: first, fieldName: project.name, warning }),
    // The ring follows the threshold by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [curve, results, tables, areas, names.first, names.second, project.name, warning],
  );
  return (
    <>
      {warning !== '' && <div className="banner">{warning}</div>}
      <table className="comparison__table">
        <thead>
          <tr>
            <th />
            <th title={names.first}>{names.first}</th>
            <th title={names.second}>{names.second}</th>
            <th title="First minus second, with its 95 % interval by physical source">Difference</th>
          </tr>
        </thead>
        <tbody>
          {METRICS.map(({ name, label }) => (
            <Line
              key={name}
              label={label}
              paired={{
                first: own[name],
                second: other[name],
                difference: differenceOf(own[name], other[name]),
                interval: comparison?.atThreshold[name].interval,
              }}
            />
          ))}
          {areas !== undefined && (
            <>
              <Line label="ROC AUC" paired={areas.rocAuc} />
              <Line label="Average precision" paired={areas.averagePrecision} />
              <Line label="Brier score" paired={areas.brier} />
            </>
          )}
        </tbody>
      </table>
      {comparison?.noIntervals !== undefined && (
        <p className="comparison__note small quiet">Differences without intervals: {comparison.noIntervals}.</p>
      )}
      <McNemarLine mcNemar={comparison?.mcNemar} names={names} />
      <div className="comparison__choices">
        <ChoiceSelect isLow aria-label="Curves" choices={CURVES} value={curve} onChoose={setCurve} />
        <FigureMenu figureNow={() => figure} />
      </div>
      <FigureView figure={figure} />
      <p className="evaluation__caption small quiet">{figure.caption}</p>
    </>
  );
}

function Line({ label, paired }: { readonly label: string; readonly paired: PairedMetric }) {
  const { first, second, difference, interval } = paired;
  const isApart = interval !== undefined && (interval.low > 0 || interval.high < 0);
  return (
    <tr>
      <td>{label}</td>
      <td>{metricValue(first)}</td>
      <td>{metricValue(second)}</td>
      <td data-apart={isApart || undefined} title={isApart ? 'The 95 % interval leaves out 0' : undefined}>
        {signedMetric(difference.defined ? difference.value : Number.NaN)}{' '}
        <span className="quiet small">
          {interval === undefined ? '' : `${signedMetric(interval.low)} … ${signedMetric(interval.high)}`}
        </span>
      </td>
    </tr>
  );
}

interface McNemarLineProps {
  readonly mcNemar: McNemar | undefined;
  readonly names: ComparedNames;
}

function McNemarLine({ mcNemar, names }: McNemarLineProps) {
  if (mcNemar === undefined) return <p className="comparison__note small quiet">McNemar’s test …</p>;
  const { onlyFirst, onlySecond, pValue } = mcNemar;
  return (
    <p
      className="comparison__note small"
      title="Two-sided and exact. Rows of one physical source are not independent, so p is on the small side; the intervals are not."
    >
      McNemar: {count(onlyFirst)} rows only {names.first} gets right, {count(onlySecond)} only {names.second};{' '}
      {pValue.defined ? `p = ${pValue.value.toPrecision(2)}` : `p undefined: ${pValue.reason}`}
    </p>
  );
}
