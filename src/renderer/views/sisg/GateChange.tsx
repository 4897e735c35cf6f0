import { Button } from '@mantine/core';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { SisgCounts, SisgGateSummary, SisgRowsRequest } from '../../../contract/sisg.ts';
import type { SisgThresholds } from '../../../core/features/feature-recipe.ts';
import { areSameThresholds } from '../../../core/features/sisg-gate.ts';
import { count, fixed } from '../../components/format.ts';
import { usePreflight } from '../../state/preflight.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { RowsLink } from './RowsLink.tsx';

interface GateChangeProps {
  readonly project: ProjectSummary;
  readonly gate: SisgGateSummary;
  readonly counts: SisgCounts;
  readonly onChoose: (thresholds: null) => void;
  readonly onSelect: (of: SisgRowsRequest['of']) => void;
}

/** What these thresholds change against the results on screen, what has to be computed for it, and the way back. */
export function GateChange({ project, gate, counts, onChoose, onSelect }: GateChangeProps) {
  // At which the counts were asked for.
  const threshold = useRestingThreshold((state) => state.threshold);
  const { thresholds, ofModel, ofRun } = gate;
  const isAsShown = ofRun !== null && areSameThresholds(thresholds, ofRun);
  const isAsModel = areSameThresholds(thresholds, ofModel);
  const { joins, flaggedJoins, leaves } = counts.change;
  return (
    <section aria-label="What these thresholds change">
      <h3>Next run</h3>
      {ofRun === null || isAsShown ? (
        <p className="quiet">
          {ofRun === null ? 'No run yet. ' : 'The results on screen were made with these thresholds. '}
          {!isAsModel && `The model was trained with ${thresholdText(ofModel)}.`}
        </p>
      ) : (
        <>
          <p>
            <RowsLink rows={joins} onSelect={() => onSelect('joins')} />{' '}
            {joins === 1 ? 'source becomes' : 'sources become'} SISG
            {flaggedJoins > 0 && `, ${count(flaggedJoins)} of them flagged now at ${fixed(threshold, 2)}`};{' '}
            <RowsLink rows={leaves} onSelect={() => onSelect('leaves')} /> {leaves === 1 ? 'ceases' : 'cease'} to be and
            will go through the network.
          </p>
          <p className="sisg__next">
            The results on screen, made with {thresholdText(ofRun)}, stay as they are. A run with these thresholds
            computes all {count(counts.networkRows)} network rows anew and is kept beside them.
          </p>
        </>
      )}
      <div className="sisg__acts">
        {!isAsShown && (
          <Button variant="filled" onClick={() => usePreflight.getState().show(project.run?.modelId)}>
            Report before a run…
          </Button>
        )}
        {!isAsModel && <Button onClick={() => onChoose(null)}>Back to {thresholdText(ofModel)}</Button>}
      </div>
    </section>
  );
}

const thresholdText = ({ majBelowArcsec, isolationArcsec, largestGaussianCount }: SisgThresholds): string =>
  `${majBelowArcsec}″, ${isolationArcsec}″, ${largestGaussianCount} ${largestGaussianCount === 1 ? 'Gaussian' : 'Gaussians'}`;
