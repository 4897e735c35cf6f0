import { Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceDetails } from '../../../../contract/schemas.ts';
import { useEngine } from '../../../api/engine-context.tsx';
import { sentenceOf } from '../../../api/refusal.ts';
import { fixed, probability as probabilityText, significant } from '../../../components/format.ts';

/** The source as it is not: P(MC) follows at once, and nothing of it is stored. */
export function WhatIf({ details }: { readonly details: SourceDetails }) {
  const engine = useEngine();
  const [dropped, setDropped] = useState<readonly number[]>([]);
  const [feature, setFeature] = useState(details.features[0]?.name ?? '');
  const [value, setValue] = useState<number | string>('');
  const [shift, setShift] = useState({ x: 0, y: 0 });
  const change = {
    withoutNeighbours: [...dropped],
    features: typeof value === 'number' ? [{ name: feature, value }] : [],
    shiftPix: shift,
  };
  const isChanged = dropped.length > 0 || change.features.length > 0 || shift.x !== 0 || shift.y !== 0;
  const answer = useQuery({
    queryKey: ['what-if', details.row, change],
    queryFn: ({ signal }) => engine.explain.whatIf({ row: details.row, change }, { signal }),
    enabled: isChanged,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const own = details.features.find(({ name }) => name === feature);
  return (
    <section aria-label="What if">
      <div className="source__heading">
        <h3>What if</h3>
        <span>nothing is stored</span>
      </div>
      <div className="why__what-if">
        {details.neighbours.slice(0, 3).map(({ row, distanceArcsec }) => (
          <Checkbox
            key={row}
            size="xs"
            label={`without the neighbour at ${fixed(distanceArcsec, 1)}″`}
            checked={dropped.includes(row)}
            onChange={(event) =>
              setDropped(event.currentTarget.checked ? [...dropped, row] : dropped.filter((other) => other !== row))
            }
          />
        ))}
        <div className="source__line">
          <NativeSelect
            size="xs"
            aria-label="Feature to change"
            data={details.features.map(({ name }) => name)}
            value={feature}
            onChange={(event) => setFeature(event.currentTarget.value)}
          />
          <NumberInput
            size="xs"
            aria-label={`Value of ${feature}`}
            placeholder={own === undefined ? '' : significant(own.value, 4)}
            value={value}
            onChange={setValue}
            w={96}
          />
          <span className="quiet small">{own?.unit}</span>
        </div>
        <div className="source__line">
          <span className="small">Centre moved</span>
          {(['x', 'y'] as const).map((axis) => (
            <NumberInput
              key={axis}
              size="xs"
              aria-label={`Shift in ${axis} [pixel]`}
              min={-128}
              max={128}
              allowDecimal={false}
              value={shift[axis]}
              onChange={(moved) => setShift({ ...shift, [axis]: typeof moved === 'number' ? moved : 0 })}
              w={64}
            />
          ))}
          <span className="quiet small">px in x and y</span>
        </div>
      </div>
      <p className="why__answer" role="status">
        {!isChanged && <span className="quiet small">Change something above.</span>}
        {isChanged && answer.isError && <span className="quiet small">{sentenceOf(answer.error)}</span>}
        {isChanged && answer.data !== undefined && (
          <>
            P(MC) <b>{probabilityText(answer.data.before)}</b> → <b>{probabilityText(answer.data.after)}</b>
            <span className="quiet small">
              {answer.data.changed.length === 0 ? ' image alone' : ` ${answer.data.changed.length} features differ`}
            </span>
          </>
        )}
      </p>
    </section>
  );
}
