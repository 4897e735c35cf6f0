import type { SisgCounts, SisgGateSummary, SisgRowsRequest } from '../../../contract/sisg.ts';
import type { SisgThresholds } from '../../../core/features/feature-recipe.ts';
import { count } from '../../components/format.ts';
import { RowsLink } from './RowsLink.tsx';
import { ThresholdInput } from './ThresholdInput.tsx';

interface GateRulesProps {
  readonly gate: SisgGateSummary;
  readonly counts: SisgCounts;
  readonly onChoose: (thresholds: SisgThresholds) => void;
  readonly onSelect: (of: SisgRowsRequest['of']) => void;
}

/** The rules in their order, with the thresholds in place, and how many sources each holds for, takes and leaves. */
export function GateRules({ gate, counts, onChoose, onSelect }: GateRulesProps) {
  const hasLabels = counts.cost !== null;
  return (
    <table className="sisg__table">
      <thead>
        <tr className="quiet small">
          <th scope="col">rule</th>
          <th scope="col" className="number">
            holds for
          </th>
          <th scope="col" className="number">
            takes out
          </th>
          <th scope="col" className="number">
            left
          </th>
          {hasLabels && (
            <th scope="col" className="number" title="Sources left that the labels say are multi-component">
              MC left
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>All sources</td>
          <td />
          <td />
          <td className="number">{count(counts.rows)}</td>
          {hasLabels && <td className="number">{count(counts.cost?.mc ?? 0)}</td>}
        </tr>
        {counts.rules.map(({ rule, holds, unknown, left, mcLeft }, index) => {
          const before = counts.rules[index - 1]?.left ?? counts.rows;
          const select = (set: 'holds' | 'unknown' | 'taken' | 'left') => () => onSelect({ rule: index, set });
          return (
            <tr key={index}>
              <td>
                <RuleWords index={index} rule={rule} thresholds={gate.thresholds} onChoose={onChoose} />
                {unknown > 0 && (
                  <div className="quiet small">
                    unknown for <RowsLink rows={unknown} onSelect={select('unknown')} />
                  </div>
                )}
              </td>
              <td className="number">
                <RowsLink rows={holds} onSelect={select('holds')} />
              </td>
              <td className="number">
                <RowsLink rows={before - left} onSelect={select('taken')} />
              </td>
              <td className="number">
                <RowsLink rows={left} onSelect={select('left')} />
                <div className="sisg__bar">
                  <span style={{ width: `${(100 * left) / Math.max(1, counts.rows)}%` }} />
                </div>
              </td>
              {hasLabels && <td className="number">{mcLeft === null ? '' : count(mcLeft)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface RuleThreshold {
  readonly key: keyof SisgThresholds;
  readonly label: string;
  readonly step: number;
  readonly isWhole?: boolean;
  /** The rule as a sentence about the box. */
  readonly before: string;
  readonly after: (value: number) => string;
}

/** The rules that have a threshold, in their order. */
const RULE_THRESHOLDS: readonly RuleThreshold[] = [
  {
    key: 'majBelowArcsec',
    label: 'Largest Maj of a small source, in arcsec',
    step: 0.5,
    before: 'Maj below ',
    after: () => '″',
  },
  {
    key: 'isolationArcsec',
    label: 'Distance within which there is no other source, in arcsec',
    step: 1,
    before: 'Alone within ',
    after: () => '″',
  },
  {
    key: 'largestGaussianCount',
    label: 'Largest number of Gaussians',
    step: 1,
    isWhole: true,
    before: 'At most ',
    after: (value) => (value === 1 ? ' Gaussian' : ' Gaussians'),
  },
];

interface RuleWordsProps {
  readonly index: number;
  readonly rule: string;
  readonly thresholds: SisgThresholds;
  readonly onChoose: (thresholds: SisgThresholds) => void;
}

/** A rule in words, with the box of its threshold in the sentence where it has one. */
function RuleWords({ index, rule, thresholds, onChoose }: RuleWordsProps) {
  const own = RULE_THRESHOLDS[index];
  if (own === undefined) return rule;
  const { key, label, step, isWhole = false, before, after } = own;
  return (
    <span className="sisg__rule">
      {before}
      <ThresholdInput
        label={label}
        value={thresholds[key]}
        step={step}
        isWhole={isWhole}
        onChange={(value) => onChoose({ ...thresholds, [key]: value })}
      />
      {after(thresholds[key])}
    </span>
  );
}
