import type { ScreenPoint } from './sky-map-types.ts';

export interface PointerAndKeyActions {
  /** Something happened that may move the view. */
  readonly wake: () => void;
  readonly click: (point: ScreenPoint) => void;
  /** Undefined when the pointer leaves. */
  readonly move: (point: ScreenPoint | undefined) => void;
  /** Moves the view by a share of its width and height; right and down are positive. */
  readonly pan: (shareX: number, shareY: number) => void;
}

/** A press that moves no farther than this is a click [CSS pixel]. */
const CLICK_SLACK_PX = 4;
const PAN_SHARE = 0.12;

/** The arrows belong to the focused sky; every other key is one of the window's, in its key table. */
const KEY_ACTIONS: Readonly<Record<string, (actions: PointerAndKeyActions) => void>> = {
  ArrowLeft: ({ pan }) => pan(-PAN_SHARE, 0),
  ArrowRight: ({ pan }) => pan(PAN_SHARE, 0),
  ArrowUp: ({ pan }) => pan(0, -PAN_SHARE),
  ArrowDown: ({ pan }) => pan(0, PAN_SHARE),
};

/**
 * Clicks, hovering and keys of the map's host element. Dragging and the wheel stay Aladin's; a file dropped on the map
 * is left to the window. Returns the end of it.
 */
export function listenToPointerAndKeys(host: HTMLElement, actions: PointerAndKeyActions): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const pointOf = (event: MouseEvent): ScreenPoint => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let pressed: { readonly x: number; readonly y: number; hasMoved: boolean } | undefined;

  // Capturing: Aladin stops some of these on their way up.
  const options = { signal, capture: true, passive: true } as const;
  host.addEventListener(
    'pointerdown',
    (event) => {
      actions.wake();
      host.focus({ preventScroll: true });
      if (event.button === 0) pressed = { x: event.clientX, y: event.clientY, hasMoved: false };
    },
    options,
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      if (pressed !== undefined) {
        pressed.hasMoved ||= Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > CLICK_SLACK_PX;
        actions.wake();
      }
      actions.move(pointOf(event));
    },
    options,
  );
  host.addEventListener(
    'pointerup',
    (event) => {
      actions.wake();
      if (event.button === 0 && pressed?.hasMoved === false) actions.click(pointOf(event));
      pressed = undefined;
    },
    options,
  );
  host.addEventListener('pointercancel', () => (pressed = undefined), options);
  host.addEventListener('pointerleave', () => actions.move(undefined), { signal, passive: true });
  host.addEventListener('wheel', () => actions.wake(), options);
  host.addEventListener('dblclick', () => actions.wake(), options);
  host.addEventListener('touchmove', () => actions.wake(), options);
  // Right-drag changes Aladin's cuts and would part from what the window shows; its menu leads to remote services.
  host.addEventListener(
    'mousedown',
    (event) => {
      if (event.button === 2) event.stopPropagation();
    },
    { signal, capture: true },
  );
  for (const type of ['dragover', 'drop'] as const) {
    // Aladin would load the file by itself; the event goes on from the host's parent instead.
    host.addEventListener(
      type,
      (event) => {
        if (event.target === host) return;
        event.stopPropagation();
        event.preventDefault();
        // The event itself is the description of the new one: place, keys and what is carried stay.
        host.dispatchEvent(new DragEvent(type, event));
      },
      { signal, capture: true },
    );
  }
  host.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = KEY_ACTIONS[event.key];
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      action(actions);
    },
    { signal },
  );
  return () => ending.abort();
}
