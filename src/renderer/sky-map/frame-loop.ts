import type { AladinInstance } from 'aladin-lite';

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

  const frame = (timeMs: number): void => {
    isArmed = false;
    if (isPaused) return;
    try {
      aladin.view.redraw(timeMs);
      isArmed = true;
      const [raDeg, decDeg] = aladin.getRaDec();
      const now = `${raDeg} ${decDeg} ${aladin.getFov().join(' ')}`;
      if (now !== last) idleFrom = performance.now() + IDLE_AFTER_MS;
      last = now;
    } catch (error) {
      isPaused = true;
      onPanic(error instanceof Error ? error.message : String(error));
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
    const message = reason instanceof Error ? reason.message : String(reason);
    if (isPanic(message)) onPanic(message);
  };
  globalThis.addEventListener('error', onError);
  globalThis.addEventListener('unhandledrejection', onRejection);
  return () => {
    globalThis.removeEventListener('error', onError);
    globalThis.removeEventListener('unhandledrejection', onRejection);
  };
}
