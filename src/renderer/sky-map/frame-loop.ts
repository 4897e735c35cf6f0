import type { AladinInstance } from 'aladin-lite';
import { messageOf } from '../../core/result/message-of.ts';

export interface FrameLoop {
  /** Draws frames again for a while. */
  wake(): void;
  pause(): void;
}

export interface FrameListeners {
  /** After each frame that Aladin has drawn. */
  readonly onFrame: () => void;
  /** Aladin's WebAssembly died; the instance answers nothing any more. */
  readonly onPanic: (reason: string) => void;
}

/** Aladin draws the same picture 60 times a second for ever; without a change for this long it is stopped. */
const IDLE_AFTER_MS = 1200;
/** Between frames of a view at rest, into which tiles come, where drawing one takes as long as two of the screen's. */
const REST_EVERY_MS = 100;
const SLOW_FRAME_MS = 33;

/**
 * Takes over Aladin's endless redraw: our callback stands where Aladin arms its next frame, so that what is drawn over
 * the image follows in the same frame, and a still picture costs nothing.
 */
export function frameLoop(aladin: AladinInstance, { onFrame, onPanic }: FrameListeners): FrameLoop {
  let isPaused = false;
  // The constructor has armed the first frame.
  let isArmed = true;
  let idleFrom = performance.now() + IDLE_AFTER_MS;
  let last = '';
  let drawnAtMs = 0;
  /** Whether the screen's last frame was one of ours: only then does the time since say what it cost. */
  let hasJustDrawn = false;
  let isSlow = false;

  const viewNow = (): string => `${aladin.getRaDec().join(' ')} ${aladin.getFov().join(' ')}`;

  /** Without a graphics processor, frames that show nothing new would keep the tiles from being drawn. */
  function isOneTooMany(timeMs: number): boolean {
    if (!isSlow || timeMs - drawnAtMs >= REST_EVERY_MS) return false;
    return aladin.view.zoomDelta === 0 && viewNow() === last;
  }

  const frame = (timeMs: number): void => {
    isArmed = false;
    if (isPaused) return;
    try {
      if (hasJustDrawn) isSlow = timeMs - drawnAtMs > SLOW_FRAME_MS;
      hasJustDrawn = !isOneTooMany(timeMs);
      if (!hasJustDrawn) {
        isArmed = true;
        requestAnimationFrame(frame);
        return;
      }
      drawnAtMs = timeMs;
      aladin.view.redraw(timeMs);
      isArmed = true;
      const now = viewNow();
      if (now !== last) idleFrom = performance.now() + IDLE_AFTER_MS;
      last = now;
    } catch (error) {
      isPaused = true;
      onPanic(messageOf(error));
      return;
    }
    onFrame();
    if (performance.now() > idleFrom) isPaused = true;
  };
  aladin.view.redrawClbk = frame;

  return {
    wake() {
      idleFrom = performance.now() + IDLE_AFTER_MS;
      isPaused = false;
      if (isArmed) return;
      isArmed = true;
      hasJustDrawn = false;
      requestAnimationFrame(frame);
    },
    pause() {
      isPaused = true;
    },
  };
}

const isPanic = (message: string): boolean =>
  /unreachable|recursive use of an object|null pointer passed to rust|memory access out of bounds/i.test(message);

/** Watches for the death of Aladin's WebAssembly outside frames (mouse handlers, tile decoding). Returns its end. */
export function watchForPanic(onPanic: (reason: string) => void): () => void {
  const onError = (event: ErrorEvent): void => {
    if (isPanic(event.message)) onPanic(event.message);
  };
  const onRejection = (event: PromiseRejectionEvent): void => {
    const reason: unknown = event.reason;
    const message = messageOf(reason);
    if (isPanic(message)) onPanic(message);
  };
  globalThis.addEventListener('error', onError);
  globalThis.addEventListener('unhandledrejection', onRejection);
  return () => {
    globalThis.removeEventListener('error', onError);
    globalThis.removeEventListener('unhandledrejection', onRejection);
  };
}
