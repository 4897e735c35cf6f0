import type { SkyImage } from './render.ts';

/**
 * The image smoothed with a Gaussian of standard deviation `sigmaPix`, peaks in the unit of the input (the kernel sums to
 * 1). NaN pixels count as 0 and stay NaN.
 */
export function smoothed(image: SkyImage, sigmaPix: number): SkyImage {
  const { side } = image;
  const radius = Math.ceil(3 * sigmaPix);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / sigmaPix) ** 2),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  kernel.forEach((value, i) => (kernel[i] = value / sum));

  const span = kernel.length;
  const ring = Array.from({ length: span }, () => new Float32Array(side));
  const padded = new Float64Array(side + 2 * radius);
  const row = new Float64Array(side);
  const pixels = new Float32Array(side * side);

  function filterRowInto(y: number, out: Float32Array): void {
    if (y < 0 || y >= side) {
      out.fill(0);
      return;
    }
    for (let x = 0; x < side; x++) {
      const value = image.pixels[y * side + x]!;
      padded[x + radius] = value === value ? value : 0;
    }
    for (let x = 0; x < side; x++) {
      let total = 0;
      for (let k = 0; k < span; k++) total += kernel[k]! * padded[x + k]!;
      out[x] = total;
    }
  }

  const slotOf = (y: number): Float32Array => ring[(y + span) % span]!;
  for (let y = -radius; y < radius; y++) filterRowInto(y, slotOf(y));
  for (let y = 0; y < side; y++) {
    filterRowInto(y + radius, slotOf(y + radius));
    row.fill(0);
    for (let k = 0; k < span; k++) {
      const source = slotOf(y - radius + k);
      const weight = kernel[k]!;
      for (let x = 0; x < side; x++) row[x] = row[x]! + weight * source[x]!;
    }
    for (let x = 0; x < side; x++) {
      const index = y * side + x;
      const original = image.pixels[index]!;
      pixels[index] = original === original ? row[x]! : Number.NaN;
    }
  }
  return { side, pixels };
}
