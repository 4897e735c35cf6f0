import { PIXEL_ARCSEC } from './beam.ts';
import { covarianceOf } from './ellipse.ts';
import type { Blob } from './physical-source.ts';

/** Collects blobs given in a source's own frame: the axis (arcsec from the centre) and the direction across it. */
export interface SourceFrame {
  /**
   * @param along distance from the centre along the axis [arcsec]
   * @param across distance to the left of the axis [arcsec]
   * @param weight share of the source's flux, normalised at the end
   * @param turnRad how far the blob's major axis is turned from the axis, to the left [rad]
   */
  add(along: number, across: number, weight: number, majArcsec: number, minArcsec: number, turnRad?: number): void;
  /** The blobs, sharing `fluxMjy` by weight. */
  blobs(fluxMjy: number): Blob[];
}

/** @param paRad position angle of the axis [rad, north through east] */
export function sourceFrame(xPix: number, yPix: number, paRad: number): SourceFrame {
  const weighted: Blob[] = [];
  const [alongX, alongY] = [-Math.sin(paRad), Math.cos(paRad)];
  return {
    add(along, across, weight, majArcsec, minArcsec, turnRad = 0) {
      weighted.push({
        xPix: xPix + (along * alongX - across * alongY) / PIXEL_ARCSEC,
        yPix: yPix + (along * alongY + across * alongX) / PIXEL_ARCSEC,
        fluxMjy: weight,
        shape: covarianceOf(majArcsec, minArcsec, paRad + turnRad),
      });
    },
    blobs(fluxMjy) {
      const sum = weighted.reduce((total, blob) => total + blob.fluxMjy, 0);
      return weighted.map((blob) => ({ ...blob, fluxMjy: (blob.fluxMjy / sum) * fluxMjy }));
    },
  };
}
