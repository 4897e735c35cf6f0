import { create } from 'zustand';
import type { QueueOrder } from '../../core/labels/queue-order.ts';

export interface QueueChoice {
  readonly order: QueueOrder;
  readonly seed: number;
  readonly otherRunId: number | undefined;
  readonly includesLabelled: boolean;
  readonly includesGold: boolean;
}

export interface QueueState {
  readonly choice: QueueChoice;
  /** Rows in the order in which they are asked for; undefined while no queue is open. */
  readonly rows: readonly number[] | undefined;
  readonly total: number;
  /** Index into `rows` of the row on the source page; `rows.length` at the end. */
  readonly position: number;
  readonly setChoice: (change: Partial<QueueChoice>) => void;
  readonly begin: (rows: readonly number[], total: number) => void;
  readonly end: () => void;
  readonly moveTo: (position: number) => void;
}

/** The label queue: which rows it asks for, and how far it is. */
export const useLabelQueue = create<QueueState>()((set, get) => ({
  choice: { order: 'uncertainty', seed: 1, otherRunId: undefined, includesLabelled: false, includesGold: false },
  rows: undefined,
  total: 0,
  position: 0,
  setChoice: (change) => set({ choice: { ...get().choice, ...change } }),
  begin: (rows, total) => set({ rows, total, position: 0 }),
  end: () => set({ rows: undefined, total: 0, position: 0 }),
  moveTo: (position) => {
    const { rows } = get();
    if (rows !== undefined) set({ position: Math.min(rows.length, Math.max(0, position)) });
  },
}));
