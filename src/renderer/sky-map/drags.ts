import type { ScreenPoint } from './screen.ts';

/** A drag on the sky that is not Aladin's pan: a selection, a ruler, contrast. */
export interface Drag {
  readonly move: (point: ScreenPoint) => void;
  readonly end: (point: ScreenPoint) => void;
  /** Esc, or the browser took the pointer away. */
  readonly cancel: () => void;
}

export interface DragStart {
  readonly point: ScreenPoint;
  /** 0 left, 2 right. */
  readonly button: number;
  readonly shift: boolean;
  /** Ctrl, or ⌘ on a Mac. */
  readonly control: boolean;
}

/** Undefined leaves the drag to Aladin. */
export type BeginDrag = (start: DragStart) => Drag | undefined;

/** Lets `begin` take presses on the host before Aladin sees them. Returns the end of it. */
export function listenToDrags(host: HTMLElement, begin: BeginDrag): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let drag: Drag | undefined;
  const pointOf = (event: PointerEvent): ScreenPoint => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const capture = { signal, capture: true } as const;

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (drag !== undefined) return;
      const { button, shiftKey: shift, ctrlKey, metaKey } = event;
      drag = begin({ point: pointOf(event), button, shift, control: ctrlKey || metaKey });
      if (drag !== undefined) host.setPointerCapture(event.pointerId);
    },
    capture,
  );
  host.addEventListener('pointermove', (event) => drag?.move(pointOf(event)), capture);
  host.addEventListener(
    'pointerup',
    (event) => {
      const ended = drag;
      drag = undefined;
      ended?.end(pointOf(event));
    },
    capture,
  );
  const cancel = (): void => {
    const ended = drag;
    drag = undefined;
    ended?.cancel();
  };
  host.addEventListener('pointercancel', cancel, capture);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || drag === undefined) return;
      event.stopPropagation();
      cancel();
    },
    capture,
  );
  // Aladin pans by mouse and touch events, which follow the pointer events.
  for (const type of ['mousedown', 'mousemove', 'touchstart', 'touchmove'] as const) {
    host.addEventListener(
      type,
      (event) => {
        if (drag !== undefined) event.stopPropagation();
      },
      capture,
    );
  }
  return () => ending.abort();
}
