import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../../api/engine-context.tsx';
import { cutoutQuery } from '../../../api/cutout-query.ts';
import { sentenceOf } from '../../../api/refusal.ts';
import { count, fixed, probability as probabilityText } from '../../../components/format.ts';
import { useSelection } from '../../../state/selection.ts';
import { ChannelCanvas } from '../Channels.tsx';

/** What the network holds to be most like this source. The first question in a field sends all of it through. */
export function SimilarSources({ row }: { readonly row: number }) {
  const engine = useEngine();
  const [isAsked, setAsked] = useState(false);
  const similar = useQuery({
    queryKey: ['similar', row],
    queryFn: ({ signal }) => engine.explain.similar({ row, count: 6 }, { signal }),
    enabled: isAsked,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <section aria-label="Similar sources">
      <div className="source__heading">
        <h3>Similar sources</h3>
        <span>{similar.data === undefined ? '' : `of ${count(similar.data.compared)}`}</span>
      </div>
      {similar.isError && <p className="source__note quiet">{sentenceOf(similar.error)}</p>}
      {similar.data === undefined ? (
        <Button size="xs" mx={12} loading={similar.isFetching} onClick={() => setAsked(true)}>
          Find the nearest in the last hidden layer
        </Button>
      ) : (
        <ul className="why__similar">
          {similar.data.sources.map((source) => (
            <SimilarSource key={source.row} {...source} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface SimilarSourceProps {
  readonly row: number;
  readonly name: string;
  readonly distance: number;
  readonly probability: number;
}

function SimilarSource({ row, name, distance, probability }: SimilarSourceProps) {
  const select = useSelection((state) => state.select);
  const cutout = useQuery(cutoutQuery(row));
  return (
    <li>
      <button type="button" className="link" title={`${name}, ${fixed(distance, 2)} away`} onClick={() => select(row)}>
        {cutout.data === undefined ? (
          <div className="shape" style={{ width: 128, height: 128 }} />
        ) : (
          <ChannelCanvas
            cutout={cutout.data}
            channel={Math.min(1, cutout.data.channelCount - 1)}
            factor={1}
            label={name}
          />
        )}
        <span className="small">
          {probabilityText(probability)} <span className="quiet">at {fixed(distance, 1)}</span>
        </span>
      </button>
    </li>
  );
}
