/** Runs tasks in the order they came, at most `most` at once; a task that fails gives its turn to the next. */
export function turns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running++;
    try {
      return await task();
    } finally {
      // The turn is handed on, not given back, where somebody waits for it.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
