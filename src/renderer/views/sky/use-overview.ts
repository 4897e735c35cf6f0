import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { skyOverview } from '../../../contract/sky-schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';

const ASK_EVERY_MS = 2000;

/** How far the wide view is from the true one; undefined until it is known, and null for fields that are read at once. */
export function useOverview(hipsKey: string): z.infer<typeof skyOverview> | undefined {
  const engine = useEngine();
  return useQuery({
    queryKey: ['sky-overview', hipsKey],
    queryFn: () => engine.sky.overview(),
    // Which mosaics are shown coarsely changes with every move of the sky.
    refetchInterval: ({ state }) => (state.data === null ? false : ASK_EVERY_MS),
  }).data;
}
