import { WORD_MEANINGS } from '../../../core/labels/label-words.ts';
import { shownLabel, useLabeller, useLabels } from '../../state/labels.ts';

/** The label of a row in words; quieter where it is another labeller's. */
export function LabelMark({ row }: { readonly row: number }) {
  const statements = useLabels((state) => state.said.get(row));
  const labeller = useLabeller();
  const label = statements === undefined ? undefined : shownLabel(statements, labeller);
  const isStarred = statements?.some((statement) => statement.isStarred) === true;
  if (label === undefined) return <span className="cut">{isStarred && <Star />}</span>;
  return (
    <span className={label.isOwn ? 'cut' : 'cut quiet'} title={label.isOwn ? undefined : 'Another labeller’s'}>
      {WORD_MEANINGS[label.word].text}
      {isStarred && <Star />}
    </span>
  );
}

const Star = () => (
  <span role="img" aria-label="starred">
    {' '}
    ★
  </span>
);
