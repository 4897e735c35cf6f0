/** Lengths that a scale bar may have [arcsec]: 1, 2 and 5 of each unit, and the halves of a turn's divisions. */
const LENGTHS_ARCSEC = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 36_000, 72_000, 108_000,
] as const;

export interface ScaleBar {
  readonly lengthPx: number;
  /** As `30″`, `5′`, `2°`. */
  readonly label: string;
}

function labelOf(arcsec: number): string {
  if (arcsec >= 3600) return `${arcsec / 3600}°`;
  if (arcsec >= 60) return `${arcsec / 60}′`;
  return `${arcsec}″`;
}

/** The longest round length that fits in `longestPx`; the shortest of all where none does. */
export function scaleBarFor(pxPerArcsec: number, longestPx: number): ScaleBar {
  const arcsec = LENGTHS_ARCSEC.findLast((length) => length * pxPerArcsec <= longestPx) ?? LENGTHS_ARCSEC[0];
  return { lengthPx: arcsec * pxPerArcsec, label: labelOf(arcsec) };
}
