import { beforeEach, describe, expect, test } from 'vitest';
import { useHistory } from '../../../src/renderer/state/history.ts';
import { useSelection } from '../../../src/renderer/state/selection.ts';

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
  const { followSky } = useSelection.getState();
  const marked = (): number | undefined => useSelection.getState().skyRow;

  test('marks the selected source at once, also where it stays as it is', () => {
    select(7);
    expect(marked()).toBe(7);
    select(8, 'stays');
    expect([marked(), useSelection.getState().centres]).toEqual([8, false]);
  });

  test('waits while sources follow each other quickly, and goes to the last of them', () => {
    select(7, 'stays');
    for (const row of [8, 9, 10]) select(row, 'waits');
    expect([selected(), marked()]).toEqual([10, 7]);
    followSky();
    expect([marked(), useSelection.getState().centres]).toEqual([10, true]);
  });

  test('stays at a source that was chosen while it waited for another', () => {
    select(7, 'waits');
    select(12, 'stays');
    followSky();
    expect([selected(), marked(), useSelection.getState().centres]).toEqual([12, 12, false]);
  });
});
