import type { ChannelRecipe } from '../core/cutout/cutout-recipe.ts';
import type { LocalFrame } from '../core/sky/local-frame.ts';

/** What the packed column blocks of `paths.ts` hold: array names with their types, and the JSON values beside them. */

/** `/data/sources`, one entry per catalogue row. */
export interface SourceColumns {
  readonly rowCount: number;
  readonly name: readonly string[];
  readonly sCode: readonly string[];
  /** f64 [deg] */
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
  /** f32 FWHM [arcsec] */
  readonly majArcsec: Float32Array;
  readonly minArcsec: Float32Array;
  /** f32 [deg, north through east]; NaN where unknown */
  readonly paDeg: Float32Array;
  readonly totalFluxMjy: Float64Array;
  readonly peakFluxMjyPerBeam: Float64Array;
  /** f32 distance to the nearest other source [arcsec]; NaN where there is none */
  readonly nearestArcsec: Float32Array;
  /** i32 other sources within 45″ */
  readonly within45: Int32Array;
  /** u8 1 where small, isolated, single Gaussian */
  readonly sisg: Uint8Array;
  /** i32 another row that describes the same source, the nearest; −1 where there is none */
  readonly duplicateRow: Int32Array;
  /** u8 1 where the position lies on one of the mosaics */
  readonly onMosaic: Uint8Array;
}

/** `/data/predictions`, one entry per catalogue row. */
export interface PredictionColumns {
  readonly runId: number;
  /** f64 P(MC) [0..1]; NaN where there is none (yet) */
  readonly probability: Float64Array;
  /** u8 index into `statusNames`; 255 where the row has no result yet */
  readonly status: Uint8Array;
  readonly statusNames: readonly string[];
  /** f32 [0..1]; NaN where the source lies on no mosaic */
  readonly validFraction: Float32Array;
}

/** `/data/predictions?run=KEY`, one entry per row of the open catalogue. */
export interface ComparedColumns {
  /** f64 P(MC) [0..1]; NaN where the other results have none */
  readonly probability: Float64Array;
  /** u8 `mc_dl_dataset`: what the other model saw of the row in its training; undefined where nothing says */
  readonly dataset: Uint8Array | undefined;
}

/** `/data/window/<row>?side=512`: the mosaic around a source, wider than what the model saw. */
export interface WindowColumns {
  /** f32 the mosaic's own pixels, windowSide × windowSide, in mJy/beam; NaN outside; row 0 is the lowest FITS y */
  readonly window: Float32Array;
  readonly windowSidePix: number;
  readonly pixelScaleArcsec: number;
  /** How the sky about the source lies in the window: its pixel there and pixels per arcsecond east and north */
  readonly frame: LocalFrame;
}

/** `/data/cutout/<row>`. */
export interface CutoutColumns extends WindowColumns {
  readonly row: number;
  /** f32 channels × side × side; row 0 is the lowest FITS y */
  readonly channels: Float32Array;
  readonly channelCount: number;
  readonly sidePix: number;
  /** What each channel does with a value */
  readonly cuts: readonly ChannelRecipe[];
  readonly validFraction: number;
  /** Centre and σ of the cuts [mJy/beam]; null where the cutout is blank */
  readonly centreMjyPerBeam: number | null;
  readonly sigmaMjyPerBeam: number | null;
  readonly blank: string | null;
  /** SHA-256 of the float32 tensor's bytes (little-endian CHW) */
  readonly sha256: string;
}
