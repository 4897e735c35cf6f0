import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useHistory } from '../../../src/renderer/state/history.ts';
import { SKY_WAITS_MS, useSelection } from '../../../src/renderer/state/selection.ts';

const { select, adoptSelection, setNeighbours } = useSelection.getState();
const selected = (): number | undefined => useSelection.getState().row;

beforeEach(() => {
  adoptSelection(undefined);
  useHistory.getState().clear();
});

describe('the selected source', () => {
  test('that nobody chose cannot be taken back: the first one of a field, or that of a stored session', async () => {
    adoptSelection(7);
    expect(useHistory.getState().done).toEqual([]);
    await useHistory.getState().undo();
    expect(selected()).toBe(7);
  });

  test('goes back to where it was, and forth again', async () => {
    adoptSelection(7);
    select(12);
    await useHistory.getState().undo();
    expect(selected()).toBe(7);
    await useHistory.getState().redo();
    expect(selected()).toBe(12);
  });

  test('is no act when it is selected already, and keeps its neighbours then', () => {
    adoptSelection(7);
    setNeighbours([1, 2, 3]);
    select(7);
    expect(useHistory.getState().done).toEqual([]);
    expect(useSelection.getState().neighbours).toEqual([1, 2, 3]);
    select(8);
    expect(useSelection.getState().neighbours).toEqual([]);
  });
});

describe('the sky', () => {
  const marked = (): number | undefined => useSelection.getState().skyRow;
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('marks the selected source at once, also where it stays as it is', () => {
    select(7);
    expect(marked()).toBe(7);
    select(8, 'stays');
    expect([marked(), useSelection.getState().centres]).toEqual([8, false]);
  });

  test('waits while sources follow each other quickly, and goes to the last of them when it has stayed', () => {
    select(7);
    for (const row of [8, 9, 10]) {
      select(row, 'waits');
      vi.advanceTimersByTime(SKY_WAITS_MS - 1);
    }
    expect([selected(), marked()]).toEqual([10, 7]);
    vi.advanceTimersByTime(1);
    expect([marked(), useSelection.getState().centres]).toEqual([10, true]);
  });

  test('does not go back to a source that was left for a chosen one while it waited', () => {
    select(7, 'waits');
    select(12);
    vi.advanceTimersByTime(SKY_WAITS_MS);
    expect([selected(), marked()]).toEqual([12, 12]);
  });
});
