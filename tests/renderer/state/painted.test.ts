import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { labelTurn, whenNoLabelIsUnderWay } from '../../../src/renderer/state/label-turn.ts';
import { afterPaint } from '../../../src/renderer/state/painted.ts';

let frames = new Map<number, () => void>();
const showFrame = (): void => {
  const due = [...frames.values()];
  frames = new Map();
  for (const draw of due) draw();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    frames.set(frames.size + 1, draw);
    return frames.size;
  });
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('what may wait is not begun before the frame that is due, however late that comes, nor inside of it', () => {
  const work = vi.fn();
  afterPaint(work);
  vi.advanceTimersByTime(10_000);
  expect(work).not.toHaveBeenCalled();
  showFrame();
  expect(work).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(work).toHaveBeenCalledOnce();
});

test('work for a source that was passed over is not done, whether its frame was shown or not', () => {
  const work = vi.fn();
  afterPaint(work)();
  showFrame();
  const takeBack = afterPaint(work);
  showFrame();
  takeBack();
  vi.runAllTimers();
  expect(work).not.toHaveBeenCalled();
});

test('the engine’s word of a label waits for the answer that it belongs to, and for nothing where no label is under way', async () => {
  const heard: string[] = [];
  whenNoLabelIsUnderWay(() => heard.push('another window’s'));
  expect(heard).toEqual(['another window’s']);

  let answer = (): void => undefined;
  labelTurn.isTaken = true;
  labelTurn.ended = new Promise<void>((resolve) => (answer = resolve)).finally(() => {
    heard.push('answer');
    labelTurn.isTaken = false;
  });
  whenNoLabelIsUnderWay(() => heard.push('event'));
  answer();
  await labelTurn.ended;
  await Promise.resolve();
  expect(heard).toEqual(['another window’s', 'answer', 'event']);
});
