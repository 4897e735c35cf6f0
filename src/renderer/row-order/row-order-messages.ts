import type { FilterColumn } from '../../core/table/filter-rows.ts';
import type { OrderAnswer, OrderRequest } from './row-order.ts';

export type NumberArray = Extract<FilterColumn, { kind: 'number' }>['values'];

/** From the window to the worker that orders the rows. */
export type ToRowOrder =
  /** Another field: columns of the former one are forgotten. */
  | { readonly kind: 'begin'; readonly rowCount: number }
  | { readonly kind: 'numbers'; readonly name: string; readonly values: NumberArray }
  | { readonly kind: 'texts'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'order'; readonly id: number; readonly request: OrderRequest };

/** And back. */
export interface FromRowOrder {
  readonly id: number;
  readonly answer: OrderAnswer;
}
