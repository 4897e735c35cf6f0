/**
 * Data flow 5/5: the probability on screen.
 *
 * FITS window (1/5) → channels (2/5) → network input (3/5) → softmax (4/5) → here: the stored P(MC) of the selected row, as
 * number, length and colour, with the class that it has at the present threshold.
 */
import { Tooltip } from '@mantine/core';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { fixed, probability as probabilityText } from '../../components/format.ts';
import { ProbabilityBar } from '../../components/ProbabilityBar.tsx';
import { Untrained } from '../../components/Untrained.tsx';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { statusText } from '../table/status-text.ts';

const MEANING = 'softmax output under the balanced training prior, not a calibrated rate';

export function SourceProbability({ details }: { readonly details: SourceDetails }) {
  const sources = useField((state) => state.sources);
  const columns = usePredictions((state) => state.columns);
  const threshold = useThreshold((state) => state.threshold);
  // The live column is newer than the details while a run is under way.
  const value = columns?.probability[details.row] ?? details.probability ?? Number.NaN;
  const status = sources === undefined ? '' : statusText(sources, columns, details.row, threshold);
  const isDecided = status === 'MC' || status === 'S';

  return (
    <div className="source__probability">
      <Tooltip label={MEANING}>
        <span className="quiet">P(MC)</span>
      </Tooltip>
      <strong>{probabilityText(value)}</strong>
      <ProbabilityBar value={value} threshold={threshold} />
      <span className="source__class">
        {isDecided ? (
          <>
            <b>{status === 'MC' ? 'MC' : 'S'}</b> <span className="quiet">at {fixed(threshold, 2)}</span>
          </>
        ) : (
          <b>{status}</b>
        )}
      </span>
      <Untrained />
    </div>
  );
}
