import type { SourceLayerData } from './sky-map-types.ts';

/** An ellipse on the sky. */
export interface SkyEllipse {
  readonly raDeg: number;
  readonly decDeg: number;
  /** FWHM [arcsec]. */
  readonly majArcsec: number;
  readonly minArcsec: number;
  /** [deg, north through east]; null where unknown, and then drawn to the north. */
  readonly paDeg: number | null;
}

/** The fitted ellipse of a catalogue row. */
export function ellipseOfRow(sources: SourceLayerData, row: number): SkyEllipse {
  const paDeg = sources.paDeg[row]!;
  return {
    raDeg: sources.raDeg[row]!,
    decDeg: sources.decDeg[row]!,
    majArcsec: sources.majArcsec[row]!,
    minArcsec: sources.minArcsec[row]!,
    paDeg: Number.isNaN(paDeg) ? null : paDeg,
  };
}
