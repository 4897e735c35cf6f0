/** A turn and mirroring of a picture about its source. */
export interface Orientation {
  /** Counter-clockwise turn of the sky as seen in the array (from columns towards rows) [rad]. */
  readonly angleRad: number;
  /** Mirrored left to right before the turn. */
  readonly isMirrored: boolean;
}

/** The eight orientations that move whole pixels: quarter turns, mirrored or not. The first leaves all as it is. */
export const EXACT_ORIENTATIONS: readonly Orientation[] = [false, true].flatMap((isMirrored) =>
  [0, 1, 2, 3].map((quarter) => ({ angleRad: (quarter * Math.PI) / 2, isMirrored })),
);

/**
 * Side of the square, centred on the source, that any orientation of a `sidePix` crop is taken from [pixel]: the crop's
 * diagonal and one pixel for the interpolation, rounded up to an even number.
 */
export function patchSidePix(sidePix: number): number {
  return 2 * Math.ceil((Math.SQRT2 * sidePix) / 2 + 1);
}

/** As `patchSidePix`, for the exact orientations alone: index 0 may come from index `sidePix` of the crop. */
export function exactPatchSidePix(sidePix: number): number {
  return sidePix + 4;
}

/**
 * Turns and mirrors stretched channels about their source pixel (index side / 2 on both axes) and crops the centre: after
 * the stretch and before the crop, by any angle and mirrored or not, as §3.4 and Fig. 5 of Alegre et al. 2024 have it.
 * Bilinear between pixels, which the paper leaves open; an exact orientation moves whole pixels (index i goes to side − i
 * when mirrored).
 * @param channels channelCount × patchSide × patchSide, row-major, finite; not changed
 * @param patchSide at least `patchSidePix(side)`, or `exactPatchSidePix(side)` for an exact orientation [pixel]
 * @param target where channelCount × side × side values are written, from `targetOffset` on
 * @throws RangeError for a smaller patch
 */
export function orientInto(
  channels: Float32Array,
  channelCount: number,
  patchSide: number,
  side: number,
  orientation: Orientation,
  target: Float32Array,
  targetOffset: number,
): void {
  const { angleRad, isMirrored } = orientation;
  const cosine = roundNearInteger(Math.cos(angleRad));
  const sine = roundNearInteger(Math.sin(angleRad));
  const isExact = Number.isInteger(cosine) && Number.isInteger(sine);
  const needed = isExact ? exactPatchSidePix(side) : patchSidePix(side);
  if (patchSide < needed) throw new RangeError(`a patch of ${patchSide} pixels is too small for ${side}`);
  if (isExact) {
    moveInto(channels, channelCount, patchSide, side, { cosine, sine, isMirrored }, target, targetOffset);
    return;
  }
  const mirror = isMirrored ? -1 : 1;
  const centre = patchSide / 2;
  const plane = patchSide * patchSide;
  const outputPlane = side * side;
  for (let row = 0; row < side; row++) {
    const dy = row - side / 2;
    for (let column = 0; column < side; column++) {
      const dx = column - side / 2;
      // Where this pixel of the result comes from: turned back, then mirrored back.
      const x = centre + mirror * (cosine * dx + sine * dy);
      const y = centre - sine * dx + cosine * dy;
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      const fx = x - x0;
      const fy = y - y0;
      let from = y0 * patchSide + x0;
      let to = targetOffset + row * side + column;
      for (let channel = 0; channel < channelCount; channel++) {
        const low = (1 - fx) * channels[from]! + fx * channels[from + 1]!;
        const high = (1 - fx) * channels[from + patchSide]! + fx * channels[from + patchSide + 1]!;
        target[to] = (1 - fy) * low + fy * high;
        from += plane;
        to += outputPlane;
      }
    }
  }
}

/** As `orientInto` for a quarter turn, without interpolation: a tenth of its time, the same bits. */
function moveInto(
  channels: Float32Array,
  channelCount: number,
  patchSide: number,
  side: number,
  { cosine, sine, isMirrored }: { readonly cosine: number; readonly sine: number; readonly isMirrored: boolean },
  target: Float32Array,
  targetOffset: number,
): void {
  const mirror = isMirrored ? -1 : 1;
  const [half, centre] = [side / 2, patchSide / 2];
  // How far the source index moves with each column and with each row of the result.
  const alongColumn = mirror * cosine - patchSide * sine;
  const alongRow = mirror * sine + patchSide * cosine;
  const first = centre * (patchSide + 1) - half * (alongColumn + alongRow);
  for (let channel = 0; channel < channelCount; channel++) {
    let to = targetOffset + channel * side * side;
    const start = channel * patchSide * patchSide + first;
    for (let row = 0; row < side; row++) {
      let from = start + row * alongRow;
      for (let column = 0; column < side; column++, to++, from += alongColumn) target[to] = channels[from]!;
    }
  }
}

/** cos and sin of quarter turns as whole numbers, so that an exact orientation interpolates nothing. */
function roundNearInteger(value: number): number {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) < 1e-15 ? nearest : value;
}
