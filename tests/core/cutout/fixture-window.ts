/** Side of the windows [pixel]. */
export const WINDOW_SIDE = 256;

/**
 * The window that `scripts/fixtures/make_cutout.py` and `make_montage.py` make from the same closed formula: noise-like
 * waves, a compact source in the middle and a lobe beside it [Jy/beam]. So the fixtures hold numbers and not pixels.
 * @param blankFrom column from which on the window is NaN
 * @param offset added to every pixel
 */
export function fixtureWindow({ blankFrom = WINDOW_SIDE, offset = 0 } = {}): Float64Array {
  const window = new Float64Array(WINDOW_SIDE * WINDOW_SIDE);
  for (let y = 0; y < WINDOW_SIDE; y++) {
    for (let x = 0; x < WINDOW_SIDE; x++) {
      const raw = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
      const noise = (raw - Math.floor(raw) - 0.5) * 2.4e-4;
      const blob = 5e-3 * Math.exp(-0.5 * (((x - 128) / 3) ** 2 + ((y - 128) / 3) ** 2));
      const lobe = 8e-4 * Math.exp(-0.5 * (((x - 150) / 9) ** 2 + ((y - 110) / 4) ** 2));
      window[y * WINDOW_SIDE + x] = x >= blankFrom ? Number.NaN : noise + blob + lobe + offset;
    }
  }
  return window;
}
