/** A rectangle of pixels; may reach beyond the image. */
export interface PixelWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An image in memory: row by row from the bottom, NaN where nothing is known. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** 2×2 means of the finite pixels; NaN where fewer than half are finite, so that a ragged edge keeps its place. */
export function halve(plane: Plane): Plane {
  const { width, height, values } = plane;
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const half = new Float32Array(halfWidth * halfHeight);
  const wholeColumns = width >> 1;
  for (let row = 0; row < halfHeight; row++) {
    const isWhole = 2 * row + 1 < height;
    for (let column = 0; column < halfWidth; column++) {
      const at = 2 * row * width + 2 * column;
      // NaN in the sum is rare; the way around it costs four times as much.
      const sum =
        isWhole && column < wholeColumns
          ? values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!
          : NaN;
      half[row * halfWidth + column] = sum === sum ? sum / 4 : meanOfFour(plane, row, column);
    }
  }
  return { width: halfWidth, height: halfHeight, values: half };
}

function meanOfFour({ width, height, values }: Plane, row: number, column: number): number {
  let [sum, finite, inside] = [0, 0, 0];
  for (let y = 2 * row; y < Math.min(height, 2 * row + 2); y++) {
    for (let x = 2 * column; x < Math.min(width, 2 * column + 2); x++) {
      const value = values[y * width + x]!;
      inside++;
      if (value !== value) continue;
      sum += value;
      finite++;
    }
  }
  return 2 * finite >= inside && finite > 0 ? sum / finite : NaN;
}

/** A part of a plane; NaN where it reaches beyond. */
export function cut(plane: Plane, window: PixelWindow): Float32Array {
  const result = new Float32Array(window.width * window.height).fill(NaN);
  const firstX = Math.max(0, window.x);
  const lastX = Math.min(plane.width, window.x + window.width);
  if (firstX >= lastX) return result;
  for (let row = 0; row < window.height; row++) {
    const y = window.y + row;
    if (y < 0 || y >= plane.height) continue;
    const from = plane.values.subarray(y * plane.width + firstX, y * plane.width + lastX);
    result.set(from, row * window.width + firstX - window.x);
  }
  return result;
}
