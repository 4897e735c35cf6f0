import type { SourceDetails } from '../../../contract/schemas.ts';
import { Icon } from '../../components/Icon.tsx';
import { useSelection } from '../../state/selection.ts';

/** Other rows that describe the same source, each a way to it. */
export function SameSource({ duplicates }: Pick<SourceDetails, 'duplicates'>) {
  const select = useSelection((state) => state.select);
  if (duplicates.length === 0) return null;
  return (
    <div className="source__line source__same small" role="note">
      <Icon name="warning" size={13} />
      <span className="cut">
        Same source as{' '}
        {duplicates.map(({ row, name, mosaicId }, index) => (
          <span key={row}>
            {index > 0 && ', '}
            <button type="button" className="link" title={`Go to row ${row}`} onClick={() => select(row)}>
              {name}
            </button>
            <span className="quiet"> {mosaicId === '' ? `row ${row}` : `of ${mosaicId}`}</span>
          </span>
        ))}
      </span>
    </div>
  );
}
