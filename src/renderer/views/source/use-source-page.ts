import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CutoutColumns } from '../../../contract/column-sets.ts';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { cutoutQuery } from '../../api/cutout-query.ts';
import { useEngine } from '../../api/engine-context.tsx';

export interface SourcePage {
  readonly details: UseQueryResult<SourceDetails>;
  readonly cutout: UseQueryResult<CutoutColumns>;
  /** Numbers and picture of one and the same source; undefined before there is a first. */
  readonly shown: { readonly details: SourceDetails; readonly cutout: CutoutColumns | undefined } | undefined;
  /** `shown` is of the row before: the picture stays until the next is ready. */
  readonly isBehind: boolean;
}

/** What the engine says of a row and what the model saw of it, never of two different rows at once. */
export function useSourcePage(row: number): SourcePage {
  const engine = useEngine();
  const queries = useQueryClient();
  const details = useQuery({
    queryKey: ['source', row],
    queryFn: () => engine.source.details({ row }),
    placeholderData: keepPreviousData,
  });
  const cutout = useQuery({
    ...cutoutQuery(row),
    placeholderData: keepPreviousData,
    // A tensor with its window is half a megabyte: a long browse should not keep them all.
    gcTime: 60_000,
  });
  const base = { details, cutout };
  if (details.data === undefined) return { ...base, shown: undefined, isBehind: true };
  if (details.isPlaceholderData || !cutout.isPlaceholderData) {
    const own = cutout.data?.row === details.data.row ? cutout.data : undefined;
    const kept = own ?? queries.getQueryData<CutoutColumns>(['cutout', details.data.row]);
    return { ...base, shown: { details: details.data, cutout: kept }, isBehind: details.isPlaceholderData };
  }
  // The numbers came before the picture: both of the row before stay, where its numbers are still known.
  const before = queries.getQueryData<SourceDetails>(['source', cutout.data.row]);
  return before === undefined
    ? { ...base, shown: { details: details.data, cutout: undefined }, isBehind: false }
    : { ...base, shown: { details: before, cutout: cutout.data }, isBehind: true };
}
