import { describe, expect, test } from 'vitest';
import { createHistory } from '../../../src/renderer/state/history.ts';

/** A number with a history, and a clock that stands still until it is moved. */
function numberWithHistory() {
  const clock = { ms: 0 };
  const useHistory = createHistory(() => clock.ms);
  const number = { value: 0 };
  const setNumber = (value: number, gesture?: string): void => {
    const before = number.value;
    number.value = value;
    useHistory.getState().record({
      label: `to ${value}`,
      undo: () => setNumber(before),
      redo: () => setNumber(value),
      ...(gesture === undefined ? {} : { gesture }),
    });
  };
  return { clock, number, setNumber, history: useHistory };
}

describe('what was done', () => {
  test('nothing done is nothing to take back or to do again', async () => {
    const { number, history } = numberWithHistory();
    await history.getState().undo();
    await history.getState().redo();
    expect(number.value).toBe(0);
  });

  test('is taken back one by one and done again in the same order', async () => {
    const { number, setNumber, history } = numberWithHistory();
    setNumber(1);
    setNumber(2);
    await history.getState().undo();
    expect(number.value).toBe(1);
    await history.getState().undo();
    expect(number.value).toBe(0);
    await history.getState().redo();
    await history.getState().redo();
    expect(number.value).toBe(2);
  });

  test('cannot be done again once something else was done', async () => {
    const { number, setNumber, history } = numberWithHistory();
    setNumber(1);
    await history.getState().undo();
    setNumber(5);
    await history.getState().redo();
    expect(number.value).toBe(5);
    expect(history.getState().undone).toEqual([]);
  });

  test('a drag is one act, and is taken back to where it began; after a pause another act begins', async () => {
    const { clock, number, setNumber, history } = numberWithHistory();
    for (let step = 1; step <= 50; step += 1) {
      clock.ms += 16;
      setNumber(step, 'drag');
    }
    clock.ms += 5000;
    setNumber(51, 'drag');
    expect(history.getState().done).toHaveLength(2);
    await history.getState().undo();
    expect(number.value).toBe(50);
    await history.getState().undo();
    expect(number.value).toBe(0);
    await history.getState().redo();
    expect(number.value).toBe(50);
  });

  test('taking back is itself not something done', async () => {
    const { setNumber, history } = numberWithHistory();
    setNumber(1);
    await history.getState().undo();
    expect(history.getState().done).toEqual([]);
    expect(history.getState().undone).toHaveLength(1);
  });

  test('a step that cannot be taken back stays, and later ones are recorded again', async () => {
    const { history, setNumber } = numberWithHistory();
    const refuse = (): Promise<void> => Promise.reject(new Error('the engine is gone'));
    history.getState().record({ label: 'label', undo: refuse, redo: () => undefined });
    await expect(history.getState().undo()).rejects.toThrow('the engine is gone');
    expect(history.getState().done).toHaveLength(1);
    setNumber(3);
    expect(history.getState().done).toHaveLength(2);
  });

  test('another field has another past', async () => {
    const { number, setNumber, history } = numberWithHistory();
    setNumber(1);
    history.getState().clear();
    await history.getState().undo();
    expect(number.value).toBe(1);
  });

  test('only the last 200 acts are kept', () => {
    const { setNumber, history } = numberWithHistory();
    for (let step = 1; step <= 300; step += 1) setNumber(step);
    expect(history.getState().done).toHaveLength(200);
    expect(history.getState().done.at(-1)?.label).toBe('to 300');
  });
});
