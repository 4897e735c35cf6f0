import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRestingThreshold, useRestingThreshold } from '../../../src/renderer/state/resting-threshold.ts';
import { useThreshold } from '../../../src/renderer/state/threshold.ts';

let frames: (() => void)[] = [];
const showFrame = (): void => {
  const due = frames;
  frames = [];
  for (const draw of due) draw();
};
const resting = (): number => useRestingThreshold.getState().threshold;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a threshold rests a moment after the frame that shows it, and never in the middle of a drag', () => {
  keepRestingThreshold();
  useThreshold.getState().setThreshold(0.6);
  vi.advanceTimersByTime(10_000);
  expect(resting(), 'its frame is not shown yet, however long that takes').toBe(0.5);

  showFrame();
  showFrame();
  vi.advanceTimersByTime(100);
  useThreshold.getState().setThreshold(0.7);
  vi.advanceTimersByTime(10_000);
  expect(resting(), 'the drag went on').toBe(0.5);

  showFrame();
  showFrame();
  vi.advanceTimersByTime(1000);
  expect(resting()).toBe(0.7);
});
