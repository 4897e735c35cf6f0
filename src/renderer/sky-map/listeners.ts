import type { Unsubscribe } from './screen.ts';

/** Listeners of one kind. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #listeners = new Set<(...values: Arguments) => void>();

  add(listener: (...values: Arguments) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...values: Arguments): void {
    for (const listener of this.#listeners) listener(...values);
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }
}
