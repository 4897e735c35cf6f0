import { useMemo } from 'react';
import { WORD_MEANINGS } from '../../../core/labels/label-words.ts';
import { count } from '../../components/format.ts';
import { showPanel } from '../../state/dock.ts';
import { saidOf, useLabeller, useLabels, wordCounts } from '../../state/labels.ts';
import { usePaintedState } from '../../state/painted.ts';

/** How many sources this labeller has labelled, and the way to the queue. For a list of facts. */
export function LabelFacts() {
  const said = usePaintedState(useLabels, saidOf);
  const labeller = useLabeller();
  const counts = useMemo(() => wordCounts(said, labeller), [said, labeller]);
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const each = [...counts].map(([word, n]) => `${WORD_MEANINGS[word].text} ${count(n)}`).join(', ');
  return (
    <>
      <dt>Labels</dt>
      <dd>
        <button
          type="button"
          className="link"
          title={total === 0 ? 'None yet: open the label queue' : `${each}: open the label queue`}
          onClick={() => showPanel('labels')}
        >
          {total === 0 ? 'none' : count(total)}
        </button>
      </dd>
    </>
  );
}
