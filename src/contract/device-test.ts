import type { Recipe } from '../core/network/recipe.ts';
import type { ProviderName } from './device-schemas.ts';

/**
 * What a provider will be asked to do. One that infers well may still train badly, so each kind of work is tested by
 * itself. Without a model, inference means the small built-in network.
 */
export type DeviceWork =
  | { readonly kind: 'inference'; readonly modelFolder: string | undefined }
  | { readonly kind: 'training'; readonly recipe: Recipe };

/** Asks a fresh worker to compare a provider with the CPU. It may die of it: that is what it is there for. */
export interface DeviceTestJob {
  readonly kind: 'test-device';
  readonly jobId: number;
  readonly provider: ProviderName;
  readonly work: DeviceWork;
}

export interface DeviceFindings {
  /** Graphics adapter and driver as the system names them. */
  readonly adapter: string;
  /** Largest difference to the CPU, over everything that was compared; infinite where a value was not finite. */
  readonly largestDifference: number;
  /** Differences up to this are trusted. */
  readonly tolerance: number;
  readonly millisecondsPerRow: number;
  readonly cpuMillisecondsPerRow: number;
}
