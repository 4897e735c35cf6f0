import { loadGlimpse } from '../../api/load-columns.ts';
import type { GlimpseOptions } from '../../sky-map/glimpse.ts';

/** The pixels of a field in a view, from the engine, before its tiles are drawn. */
export const fieldGlimpse =
  (hipsKey: string): NonNullable<GlimpseOptions['glimpse']> =>
  ({ raDeg: ra, decDeg: dec, fovDeg: fov }, size) =>
    loadGlimpse({ key: hipsKey, ra, dec, fov, ...size });
