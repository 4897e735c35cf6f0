import type { ReactNode } from 'react';
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
  const words = ruleWords(gate.thresholds, (change) => onChoose({ ...gate.thresholds, ...change }));
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
                {words[index] ?? rule}
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

/** The rules that have a threshold, with its box in the sentence. */
function ruleWords(
  { majBelowArcsec, isolationArcsec, largestGaussianCount }: SisgThresholds,
  onChange: (change: Partial<SisgThresholds>) => void,
): readonly ReactNode[] {
  return [
    <span className="sisg__rule">
      Maj below{' '}
      <ThresholdInput
        label="Largest Maj of a small source, in arcsec"
        value={majBelowArcsec}
        step={0.5}
        onChange={(value) => onChange({ majBelowArcsec: value })}
      />
      ″
    </span>,
    <span className="sisg__rule">
      Alone within{' '}
      <ThresholdInput
        label="Distance within which there is no other source, in arcsec"
        value={isolationArcsec}
        step={1}
        onChange={(value) => onChange({ isolationArcsec: value })}
      />
      ″
    </span>,
    <span className="sisg__rule">
      At most{' '}
      <ThresholdInput
        label="Largest number of Gaussians"
        value={largestGaussianCount}
        step={1}
        isWhole
        onChange={(value) => onChange({ largestGaussianCount: value })}
      />{' '}
      {largestGaussianCount === 1 ? 'Gaussian' : 'Gaussians'}
    </span>,
  ];
}
