import type { Covariance } from './ellipse.ts';

/** What a radio source really is. Only the truth knows; neither catalogue nor LR is computed from it. */
export type SourceKind =
  'compact' | 'star-forming' | 'frii' | 'fri' | 'wide-angle-tail' | 'narrow-angle-tail' | 'relic';

/** A piece of a source's brightness: a Gaussian before the beam. */
export interface Blob {
  readonly xPix: number;
  readonly yPix: number;
  readonly fluxMjy: number;
  readonly shape: Covariance;
}

/** The galaxy that the radio emission belongs to, as an optical survey would see it. */
export interface Host {
  readonly xPix: number;
  readonly yPix: number;
  /** Apparent magnitude, i band. */
  readonly magnitude: number;
}

export interface PhysicalSource {
  readonly kind: SourceKind;
  readonly blobs: readonly Blob[];
  /** Undefined where the galaxy is too faint for the optical survey, or there is none. */
  readonly host: Host | undefined;
}

export const totalFluxMjy = (source: PhysicalSource): number =>
  source.blobs.reduce((sum, blob) => sum + blob.fluxMjy, 0);
