import { queryOptions } from '@tanstack/react-query';
import { useField } from '../state/field.ts';
import { loadCutout } from './load-columns.ts';

/** What the model saw of a row. A row on none of the mosaics has no pixels: it fails without asking the engine. */
export const cutoutQuery = (row: number) =>
  queryOptions({
    queryKey: ['cutout', row],
    queryFn: async ({ signal }) => {
      if (useField.getState().sources?.onMosaic[row] === 0) {
        throw new Error('This source lies on none of the open mosaics.');
      }
      return loadCutout(row, signal);
    },
  });
