/** Which batches the engine has put into the project file. */
export interface StoredBatches {
  confirm(batch: number): void;
  /** Resolves when the batch is stored, or when the job is aborted. */
  untilStored(batch: number): Promise<void>;
}

export function createStoredBatches(signal: AbortSignal): StoredBatches {
  let latest = -1;
  let waiting: { readonly batch: number; readonly resolve: () => void } | undefined;
  signal.addEventListener('abort', () => waiting?.resolve(), { once: true });
  return {
    confirm(batch) {
      latest = Math.max(latest, batch);
      if (waiting !== undefined && waiting.batch <= latest) waiting.resolve();
    },
    untilStored: (batch) =>
      new Promise((resolve) => {
        if (batch <= latest || signal.aborted) resolve();
        else waiting = { batch, resolve };
      }),
  };
}
