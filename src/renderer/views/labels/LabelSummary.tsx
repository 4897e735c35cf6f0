import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { LABEL_WORDS, VOCABULARIES, WORD_MEANINGS } from '../../../core/labels/label-words.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { count, fixed, percent } from '../../components/format.ts';
import { labellerOf, revisionOf, saidOf, useLabeller, useLabels, wordCounts } from '../../state/labels.ts';
import { usePaintedState } from '../../state/painted.ts';

/** How many of each word, and how well they agree with others and with known answers. */
export function LabelSummary() {
  const said = usePaintedState(useLabels, saidOf);
  const vocabulary = useLabels((state) => state.vocabulary);
  const labeller = useLabeller();
  const counts = useMemo(() => wordCounts(said, labeller), [said, labeller]);
  const shown = LABEL_WORDS.filter((word) => VOCABULARIES[vocabulary].includes(word) || counts.has(word));
  return (
    <section className="labels__part" aria-label="My labels">
      <dl className="facts labels__counts">
        {shown.map((word) => (
          <div key={word}>
            <dt title={WORD_MEANINGS[word].means}>{WORD_MEANINGS[word].text}</dt>
            <dd>{count(counts.get(word) ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <Agreement />
      <Gold />
    </section>
  );
}

function Agreement() {
  const engine = useEngine();
  const labellers = useLabels((state) => state.labellers);
  const revision = usePaintedState(useLabels, revisionOf);
  const own = useLabels(labellerOf);
  const others = labellers.filter((name) => name !== own);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const other = chosen !== undefined && others.includes(chosen) ? chosen : others[0];
  const agreement = useQuery({
    queryKey: ['agreement', own, other, revision],
    queryFn: () => engine.labels.agreement({ first: own, second: other ?? '' }),
    enabled: other !== undefined && own !== '',
    placeholderData: (before) => before,
  });
  if (other === undefined) return null;
  const found = agreement.data;
  return (
    <div className="small">
      <NativeSelect
        size="xs"
        label="Agreement with"
        value={other}
        data={others}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {found !== undefined && (
        <p className="labels__agreement">
          {found.kappa === null ? (
            <span className="quiet">Cohen’s κ is not defined: {found.undefinedBecause}.</span>
          ) : (
            <>
              Cohen’s κ <b>{fixed(found.kappa, 2)}</b>{' '}
              <span className="quiet">
                · {count(found.same)} of {count(found.rows)} the same
              </span>
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Gold() {
  const engine = useEngine();
  const goldCount = useLabels((state) => state.goldCount);
  const revision = usePaintedState(useLabels, revisionOf);
  const labeller = useLabeller();
  const gold = useQuery({
    queryKey: ['gold', labeller, revision],
    queryFn: () => engine.labels.gold({ labeller }),
    enabled: goldCount > 0 && labeller !== '',
    placeholderData: (before) => before,
  });
  if (goldCount === 0 || gold.data === undefined) return null;
  const { rows, right } = gold.data;
  return (
    <p className="small labels__agreement">
      Known answers:{' '}
      {rows === 0 ? <span className="quiet">none met yet</span> : `${count(right)} of ${count(rows)} right`}
      {rows > 0 && <span className="quiet"> · {percent(right / rows)}</span>}
    </p>
  );
}
