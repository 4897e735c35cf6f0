import { useMemo } from 'react';
import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../../../core/evaluation/association-correction.ts';
import type { MetricName } from '../../../core/evaluation/confusion.ts';
import { metricsOf } from '../../../core/evaluation/confusion.ts';
import type { MetricInterval, SourceCounts } from '../../../core/evaluation/metric-interval.ts';
import { ALL_ALIKE, areFew, fewWords } from '../../../core/evaluation/metric-interval.ts';
import { countsAt, recoveredAt } from '../../../core/evaluation/score-table.ts';
import { intervalText, metricValue } from '../../../figures/words.ts';
import { count, percent } from '../../components/format.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import { useEvaluation } from '../../state/evaluation.ts';
import { NO_ROWS } from '../../state/row-set.ts';
import { useSelection } from '../../state/selection.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { useThreshold } from '../../state/threshold.ts';
import type { Resampling } from './use-resampling.ts';
import { useAnswer } from './use-answer.ts';
import type { JudgedSubset } from './use-subset.ts';

const SHOWN: readonly { readonly name: MetricName; readonly label: string; readonly hint: string }[] = [
  { name: 'recall', label: 'Recall', hint: 'Share of MC sources that are found' },
  { name: 'precision', label: 'Precision', hint: 'Share of flagged sources that are MC' },
  { name: 'f1', label: 'F1', hint: 'Harmonic mean of precision and recall of MC' },
  { name: 'mcc', label: 'MCC', hint: 'Matthews’ correlation coefficient' },
];

interface HeadlineProps {
  readonly judged: JudgedRows;
  readonly resampling: Resampling;
  readonly subset: JudgedSubset | undefined;
}

/** The numbers at the threshold, over all judged rows; accuracy never without what calling everything S would score. */
export function Headline({ judged, resampling, subset }: HeadlineProps) {
  const threshold = useThreshold((state) => state.threshold);
  const mode = useEvaluation((state) => state.mode);
  const metrics = metricsOf(countsAt(judged.table, threshold, mode));
  const resting = useRestingThreshold((state) => state.threshold);
  const question = useMemo(() => ({ kind: 'metrics', threshold: resting, mode }) as const, [resting, mode]);
  const answer = useAnswer(resampling, question);
  const spread = resting === threshold ? answer : undefined;
  return (
    <div className="evaluation__headline">
      <dl>
        {SHOWN.map(({ name, label, hint }) => {
          const metric = metrics[name];
          return (
            <div key={name} title={metric.defined ? hint : `Undefined: ${metric.reason}`}>
              <dt>{label}</dt>
              <dd>{metricValue(metric)}</dd>
              <dd className="quiet small evaluation__interval">
                {metric.defined ? (
                  <Spread interval={spread?.intervals[name]} sources={spread?.sources} />
                ) : (
                  metric.reason
                )}
              </dd>
            </div>
          );
        })}
        <div title="Share of sources on the right side; calling every source S scores the number beneath">
          <dt>Accuracy</dt>
          <dd>{percent(metrics.accuracy.defined ? metrics.accuracy.value : undefined)}</dd>
          <dd className="quiet small">
            always S {percent(metrics.alwaysSAccuracy.defined ? metrics.alwaysSAccuracy.value : undefined)}
          </dd>
        </div>
      </dl>
      <p className="quiet small">
        {count(judged.scored.isMc.length)} sources, {count(judged.table.mc.length)} MC, {ASSOCIATION_MODE_WORDS[mode]};{' '}
        {count(recoveredAt(judged.table, threshold))} recovered; 95 % intervals by physical source
        {judged.paired.withoutResult.length > 0 &&
          `; ${count(judged.paired.withoutResult.length)} labelled without a result are left out`}
      </p>
      {subset !== undefined && <SubsetLine subset={subset} threshold={threshold} mode={mode} />}
    </div>
  );
}

interface SpreadProps {
  readonly interval: MetricInterval | undefined;
  /** Undefined until the intervals are computed. */
  readonly sources: SourceCounts | undefined;
}

/** The interval of a number, or why it has none. */
function Spread({ interval, sources }: SpreadProps) {
  if (sources === undefined) return '\u00a0';
  if (interval === undefined) {
    const why = areFew(sources) ? fewWords(sources) : ALL_ALIKE;
    return (
      <span title={why}>
        {areFew(sources) ? `n = ${count(Math.min(sources.mc, sources.s))}: no interval` : 'no interval'}
      </span>
    );
  }
  const title =
    interval.by === 'wilson' ? 'Wilson’s interval: of few sources, or all alike, resamples say nothing' : undefined;
  return <span title={title}>{intervalText(interval)}</span>;
}

interface SubsetLineProps {
  readonly subset: JudgedSubset;
  readonly threshold: number;
  readonly mode: AssociationMode;
}

/** The same numbers for what is chosen, beneath those of all. */
function SubsetLine({ subset, threshold, mode }: SubsetLineProps) {
  const metrics = metricsOf(countsAt(subset.table, threshold, mode));
  return (
    <p className="small evaluation__subset">
      <strong>Selection</strong> {count(subset.rows)} sources, {count(subset.table.mc.length)} MC:{' '}
      {SHOWN.map(
        ({ name, label }) =>
          `${label === 'MCC' || label === 'F1' ? label : label.toLowerCase()} ${metricValue(metrics[name])}`,
      ).join(', ')}
      , accuracy {percent(metrics.accuracy.defined ? metrics.accuracy.value : undefined)}{' '}
      <button type="button" className="link" onClick={() => useSelection.getState().choose(NO_ROWS, 'replace')}>
        clear
      </button>
    </p>
  );
}
