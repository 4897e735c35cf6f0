import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CutoutColumns } from '../../../../contract/column-sets.ts';
import type { Explanation } from '../../../../contract/explanation-schemas.ts';
import type { SourceDetails } from '../../../../contract/schemas.ts';
import { useEngine } from '../../../api/engine-context.tsx';
import { refusalKind, sentenceOf } from '../../../api/refusal.ts';
import { fixed, probability as probabilityText } from '../../../components/format.ts';
import { usePreflight } from '../../../state/preflight.ts';
import { EffectBars } from './EffectBars.tsx';
import { OcclusionMap } from './OcclusionMap.tsx';
import { SimilarSources } from './SimilarSources.tsx';
import { WhatIf } from './WhatIf.tsx';
import './why.css';

interface WhyTabProps {
  readonly details: SourceDetails;
  readonly cutout: CutoutColumns | undefined;
}

/** Why the model gives this source its P(MC): asked of the model itself when the tab is opened. */
export function WhyTab({ details, cutout }: WhyTabProps) {
  const engine = useEngine();
  const why = useQuery({
    queryKey: ['why', details.row],
    // Another source, or another tab, and the worker stops: nobody waits for it.
    queryFn: ({ signal }) => engine.explain.why({ row: details.row }, { signal }),
    staleTime: Infinity,
    retry: false,
  });
  if (why.isError) return <Refusal error={why.error} />;
  if (why.data === undefined) {
    return (
      <p className="source__note quiet" role="status">
        Asking the network a thousand times…
      </p>
    );
  }
  return (
    <div className="why">
      <Parts explanation={why.data} />
      {why.data.occlusion !== null && <OcclusionMap occlusion={why.data.occlusion} cutout={cutout} />}
      {why.data.features.length > 0 && <EffectBars features={why.data.features} permutations={why.data.permutations} />}
      <WhatIf key={details.row} details={details} />
      <SimilarSources key={`similar ${details.row}`} row={details.row} />
    </div>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const showPreflight = usePreflight((state) => state.show);
  return (
    <div className="source__note">
      <p className="quiet">{sentenceOf(error)}</p>
      {refusalKind(error) === 'model-of-run-gone' && (
        <Button onClick={() => showPreflight()}>Classify with another model…</Button>
      )}
    </div>
  );
}

/** P(MC) as it is, with parts covered, and over orientations. */
function Parts({ explanation }: { readonly explanation: Explanation }) {
  const { parts, orientations, probability } = explanation;
  return (
    <table className="source__table why__parts">
      <tbody>
        <tr>
          <td>As it is</td>
          <td className="number">{probabilityText(probability)}</td>
        </tr>
        {parts.map(({ name, probability: covered, how }) => (
          <tr key={name}>
            <td>
              {name} <span className="quiet small">{covered === null ? 'this network has no such part' : how}</span>
            </td>
            <td className="number">{covered === null ? '–' : probabilityText(covered)}</td>
          </tr>
        ))}
        {orientations !== null && (
          <>
            <Range name="8 exact flips and turns" values={orientations.exact} />
            <Range name={`${orientations.random.length} random orientations`} values={orientations.random} />
          </>
        )}
      </tbody>
    </table>
  );
}

const spreadText = (sigma: number): string => (sigma > 0 && sigma < 0.0005 ? '<0.001' : fixed(sigma, 3));

function Range({ name, values }: { readonly name: string; readonly values: readonly number[] }) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sigma = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return (
    <tr>
      <td>
        {name} <span className="quiet small">σ {spreadText(sigma)}</span>
      </td>
      <td className="number">
        {probabilityText(Math.min(...values))} to {probabilityText(Math.max(...values))}
      </td>
    </tr>
  );
}
