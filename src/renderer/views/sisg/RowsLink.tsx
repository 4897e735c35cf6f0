import { count } from '../../components/format.ts';

/** A number of sources that chooses them in table and sky; a plain 0 where there are none. */
export function RowsLink({ rows, onSelect }: { readonly rows: number; readonly onSelect: () => void }) {
  if (rows === 0) return <>0</>;
  return (
    <button type="button" className="link sisg__rows" title="Choose these sources in table and sky" onClick={onSelect}>
      {count(rows)}
    </button>
  );
}
