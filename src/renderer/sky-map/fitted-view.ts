import type { ScreenSize, SkyView } from './screen.ts';

/** Narrowest and widest view [deg]. The gnomonic projection stretches without limit towards 180°. */
export const FOV_RANGE_DEG = { min: 0.003, max: 90 } as const;

/** A field's own view, widened in a landscape window so that its height fits too. @param size of the sky [CSS pixel] */
export function fittedView({ raDeg, decDeg, fovDeg }: SkyView, { width, height }: ScreenSize): SkyView {
  const aspect = height > 0 ? width / height : 1;
  return { raDeg, decDeg, fovDeg: Math.min(FOV_RANGE_DEG.max, fovDeg * Math.max(1, aspect)) };
}
