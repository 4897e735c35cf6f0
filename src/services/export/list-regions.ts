import type { SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import { PREDICTION_MC, predictionCodeOf } from '../../core/classification/prediction-columns.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import { crtfRegionPieces } from '../../core/regions/crtf-regions.ts';
import type { RegionFileOptions } from '../../core/regions/ds9-regions.ts';
import { ds9RegionPieces } from '../../core/regions/ds9-regions.ts';
import type { EllipseSize, SkyRegion } from '../../core/regions/sky-region.ts';
import { regionEllipseOf } from '../../core/regions/sky-region.ts';
import type { OnRows } from '../../core/table/row-spans.ts';

/** What a region says of its source beside its name. */
export interface RegionRow {
  /** 0-based row of the catalogue. */
  readonly row: number;
  /** P(MC); NaN where there is none. */
  readonly probability: number;
  /** `MC`, `S`, `SISG`, or why there is no class. */
  readonly tag: string;
}

/** What a region says of a prediction. */
export function regionRowOf(prediction: Prediction, threshold: number): RegionRow {
  const { row, probability, status } = prediction;
  if (status === 'sisg') return { row, probability, tag: 'SISG' };
  if (status !== 'classified') return { row, probability, tag: status };
  return { row, probability, tag: predictionCodeOf(prediction, threshold) === PREDICTION_MC ? 'MC' : 'S' };
}

/** One region per row that has a position: its ellipse, or a point where it has no size. */
export function regionsOf(
  catalogue: SourceCatalogue,
  rows: Iterable<RegionRow>,
  size: EllipseSize,
): readonly SkyRegion[] {
  const regions: SkyRegion[] = [];
  for (const { row, probability, tag } of rows) {
    const raDeg = catalogue.raDeg[row]!;
    const decDeg = catalogue.decDeg[row]!;
    if (!Number.isFinite(raDeg) || !Number.isFinite(decDeg)) continue;
    const name = catalogue.name[row]!;
    regions.push({
      raDeg,
      decDeg,
      ellipse: regionEllipseOf(catalogue.majArcsec[row]!, catalogue.minArcsec[row]!, catalogue.paDeg[row]!, size),
      text: Number.isNaN(probability) ? name : `${name} P=${probability.toFixed(2)}`,
      tags: [tag],
    });
  }
  return regions;
}

export type RegionFileFormat = 'ds9' | 'crtf';

/** The format that a file's name asks for; undefined where it asks for none of them. */
export function regionFileFormatOf(path: string): RegionFileFormat | undefined {
  if (/\.reg$/i.test(path)) return 'ds9';
  return /\.crtf$/i.test(path) ? 'crtf' : undefined;
}

export const REGION_FILES: Readonly<
  Record<
    RegionFileFormat,
    (regions: readonly SkyRegion[], options: RegionFileOptions, onRows?: OnRows) => Iterable<string>
  >
> = { ds9: ds9RegionPieces, crtf: crtfRegionPieces };
