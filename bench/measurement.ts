import type { ProviderName } from '../src/contract/device-schemas.ts';

/** One comparison with a peer, or with a limit. */
export interface Measurement {
  readonly name: string;
  /** In `unit`. */
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: string;
}

/** What a benchmark of a network runs on. */
export interface BenchmarkDevices {
  readonly ours: ProviderName;
  /** As PyTorch names it. */
  readonly peer: 'cpu' | 'cuda';
}

/** A benchmark: says what it measures and gives one or more measurements, each as soon as it is made. */
export interface Benchmark {
  readonly summary: string;
  measure(devices: BenchmarkDevices): AsyncIterable<Measurement> | Iterable<Measurement>;
}

/** Said instead of a result where the peer is not installed. */
export class MissingPeer extends Error {
  constructor(peer: string, debianPackage: string) {
    super(`${peer} is not installed; on Debian: apt-get install ${debianPackage}`);
    this.name = 'MissingPeer';
  }
}

/** Median of a non-empty list. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
