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
