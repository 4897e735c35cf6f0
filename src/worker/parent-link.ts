/** The process that started this one, whatever kind of process it is. */
export interface ParentLink<In, Out> {
  readonly send: (message: Out) => void;
  onMessage(listener: (message: In) => void): void;
}

/** Electron's utility process puts its parent here; plain Node does not have it. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Connects to the parent; the worker ends when the parent is gone, so that none is left behind a killed engine. */
export function connectToParent<In, Out>(): ParentLink<In, Out> {
  const { parentPort } = process as unknown as { readonly parentPort?: UtilityParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as In)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as In)),
  };
}
