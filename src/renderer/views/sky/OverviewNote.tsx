import { useOverview } from './use-overview.ts';

/** Says that the wide view is not the true one yet, and how far it is. */
export function OverviewNote({ hipsKey }: { readonly hipsKey: string }) {
  const overview = useOverview(hipsKey);
  if (overview == null || overview.readCount >= overview.shownCount) return null;
  const { readCount, shownCount } = overview;
  return (
    <div
      className="sky__overview"
      role="status"
      title="From a few rows of each mosaic so far; the others are being read. Closer views are read whole."
    >
      <strong>Coarse overview</strong>, sources can be missing · {readCount.toLocaleString('en')} of{' '}
      {shownCount.toLocaleString('en')} mosaics read
    </div>
  );
}
