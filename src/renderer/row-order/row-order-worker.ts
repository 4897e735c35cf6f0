/// <reference lib="webworker" />
import type { FilterColumn } from '../../core/table/filter-rows.ts';
import { orderRows, textColumn } from './row-order.ts';
import type { FromRowOrder, ToRowOrder } from './row-order-messages.ts';

/** Entry of the worker. Its memory is the columns that the window has sent; its work is one order at a time. */
const columns = new Map<string, FilterColumn>();
let rowCount = 0;

self.onmessage = ({ data }: MessageEvent<ToRowOrder>): void => {
  switch (data.kind) {
    case 'begin':
      columns.clear();
      rowCount = data.rowCount;
      break;
    case 'numbers':
      columns.set(data.name, { kind: 'number', values: data.values });
      break;
    case 'texts':
      columns.set(data.name, textColumn(data.values));
      break;
    case 'order': {
      const answer = orderRows(
        { rowCount, names: [...columns.keys()], find: (name) => columns.get(name) },
        data.request,
      );
      self.postMessage({ id: data.id, answer } satisfies FromRowOrder);
      break;
    }
  }
};
