import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WhatIfAnswer } from '../../../../contract/explanation-schemas.ts';
import type { SourceDetails } from '../../../../contract/schemas.ts';
import { useEngine } from '../../../api/engine-context.tsx';
import { sentenceOf } from '../../../api/refusal.ts';
import { angle, probability as probabilityText, probabilityChange, significant } from '../../../components/format.ts';

/** Features of an answer that are named before one asks for all. */
const FIRST_NAMED = 3;

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
  const reset = (): void => {
    setDropped([]);
    setValue('');
    setShift({ x: 0, y: 0 });
  };
  const own = details.features.find(({ name }) => name === feature);
  return (
    <section aria-label="What if">
      <div className="source__heading">
        <h3>What if</h3>
        <span>nothing is stored</span>
      </div>
      <div className="why__what-if">
        {details.neighbours.slice(0, 3).map(({ row, name, distanceArcsec }) => (
          <Checkbox
            key={row}
            size="xs"
            label={`without the neighbour at ${angle(distanceArcsec).number}${angle(distanceArcsec).unit}, ${name.replace(/^ILT/, '')}`}
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
          {isChanged && (
            <Button size="compact-xs" ml="auto" onClick={reset}>
              As it was
            </Button>
          )}
        </div>
      </div>
      <div className="why__answer" role="status">
        {!isChanged && <span className="quiet small">Change something above.</span>}
        {isChanged && answer.isError && <span className="quiet small">{sentenceOf(answer.error)}</span>}
        {isChanged && answer.data !== undefined && (
          <Answer answer={answer.data} isMoved={shift.x !== 0 || shift.y !== 0} />
        )}
      </div>
    </section>
  );
}

interface AnswerProps {
  readonly answer: WhatIfAnswer;
  readonly isMoved: boolean;
}

/** P(MC) before and after, and which numbers of the input are others. */
function Answer({ answer: { before, after, changed }, isMoved }: AnswerProps) {
  const named = changed.slice(0, FIRST_NAMED);
  return (
    <>
      P(MC) <b>{probabilityText(before)}</b> → <b>{probabilityText(after)}</b>{' '}
      <span className="quiet">({probabilityChange(after - before)})</span>
      <ul className="why__changes small quiet">
        {isMoved && <li>the image, moved</li>}
        {named.map((feature) => (
          <li key={feature.name}>{changeOf(feature)}</li>
        ))}
        {changed.length > named.length && (
          <li title={changed.slice(FIRST_NAMED).map(changeOf).join('\n')}>
            and {changed.length - named.length} more features
          </li>
        )}
      </ul>
    </>
  );
}

const changeOf = ({ name, unit, before, after }: WhatIfAnswer['changed'][number]): string =>
  `${name} ${significant(before, 4)} → ${significant(after, 4)} ${unit}`.trimEnd();
