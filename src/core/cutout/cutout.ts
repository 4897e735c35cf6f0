/** What the network sees of one source, and how much of it is real sky. */
export interface Cutout {
  /** Channels × side × side, values 0..1; row 0 is the lowest FITS y, column 0 the lowest x. */
  readonly channels: Float32Array;
  readonly channelCount: number;
  readonly sidePix: number;
  /** Share of finite pixels in the 256×256 window [0..1]. */
  readonly validFraction: number;
  /** Centre and σ that the cuts are counted from, in the mosaic's own unit; NaN where the cutout is blank. */
  readonly centre: number;
  readonly sigma: number;
  /** Why the channels are all zero, where they are: σ = 0, or fewer than 1 % finite pixels. */
  readonly blank: 'no-valid-pixels' | 'constant' | undefined;
}
