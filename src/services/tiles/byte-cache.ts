/** The most recently used byte blocks, up to a total size. A block larger than the whole cache is not kept. */
export class ByteCache {
  readonly #limitBytes: number;
  readonly #blocks = new Map<string, Uint8Array<ArrayBuffer>>();
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    const block = this.#blocks.get(key);
    if (block === undefined) return undefined;
    // A Map keeps the order of insertion: taking out and putting back makes the entry the youngest.
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    return block;
  }

  set(key: string, block: Uint8Array<ArrayBuffer>): void {
    this.#remove(key);
    if (block.byteLength > this.#limitBytes) return;
    this.#blocks.set(key, block);
    this.#usedBytes += block.byteLength;
    for (const oldest of this.#blocks.keys()) {
      if (this.#usedBytes <= this.#limitBytes) return;
      this.#remove(oldest);
    }
  }

  clear(): void {
    this.#blocks.clear();
    this.#usedBytes = 0;
  }

  #remove(key: string): void {
    const block = this.#blocks.get(key);
    if (block === undefined) return;
    this.#blocks.delete(key);
    this.#usedBytes -= block.byteLength;
  }
}
